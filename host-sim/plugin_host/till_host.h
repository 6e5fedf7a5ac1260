#pragma once

#include <functional>
#include <memory>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>

#include "plugin/include/ccms/ccms_plugin.h"

namespace ccms::host_sim {

class PluginLibrary;
class SerialThread;

/// What the plugin answered: a reply, or the error struct's content.
struct PluginReply {
  int status = CCMS_OK;
  std::string json;     ///< the reply's bytes; empty on an error and for calls without a reply
  std::string message;  ///< on an error
  std::string field;    ///< on an error: JSON pointer into the request, or empty

  bool ok() const noexcept { return status == CCMS_OK; }
};

/// What a till lends to the plugin. Each function is called on the UI thread and answers at once from local
/// data; an empty function means that the host lacks the extension. Where a JSON text is returned, empty
/// means "none".
struct HostServices {
  std::function<void(int level, std::string_view message)> log;  ///< any thread; required
  std::function<std::string()> current_transaction;
  std::function<std::string(std::string_view query)> find_transactions;
  std::function<std::string(std::string_view query)> find_customers;
  std::function<bool(std::string_view slip_json)> print_slip;
  std::function<void(bool on)> direct_scanner;  ///< to event() {"type":"scan"}, or back to the till
  std::function<std::string(std::string_view request)> ask_manager;
  std::function<bool()> training_mode;
  /// What on_ui_callback wrote: {"events": [...]}. Called on the UI thread.
  std::function<void(std::string_view events_json)> on_plugin_events;
};

/// One plugin instance inside one till: owns the host table the plugin calls, and makes every call on the
/// till's UI thread. Threads: any; calls are serialised by the UI thread.
class TillHost {
 public:
  /// Creates the instance. `config` is the JSON of ccms_plugin_entry_t::create.
  /// Errors: std::runtime_error with the plugin's message.
  TillHost(const PluginLibrary& library, SerialThread& ui, HostServices services, const std::string& config);
  /// Destroys the instance on the UI thread.
  ~TillHost();
  TillHost(const TillHost&) = delete;
  TillHost& operator=(const TillHost&) = delete;

  PluginReply start();
  PluginReply stop();
  /// Calls a function of the plugin's table by its name ("form", "create_ticket", …). An unknown name is
  /// CCMS_NOT_FOUND.
  PluginReply call(std::string_view function, std::string_view request);
  /// Tells of a transaction, network change and so on.
  PluginReply event(std::string_view event_json);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace ccms::host_sim
