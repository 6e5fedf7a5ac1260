#pragma once

#include <atomic>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "host-sim/data/customers.h"
#include "host-sim/data/transactions.h"
#include "host-sim/plugin_host/plugin_library.h"
#include "host-sim/plugin_host/serial_thread.h"
#include "host-sim/plugin_host/till_host.h"
#include "host-sim/till/till_config.h"

namespace ccms::host_sim {

/// One whole till: its sales and customers, its UI thread, and the plugin loaded into it.
/// Threads: any.
class Till {
 public:
  using Log = std::function<void(int level, std::string_view message)>;

  /// Loads data and plugin, and starts the plugin. Errors: std::runtime_error.
  Till(TillConfig config, Log log);
  /// Stops the plugin and unloads it.
  ~Till();
  Till(const Till&) = delete;
  Till& operator=(const Till&) = delete;

  const TillConfig& config() const noexcept { return config_; }
  const TransactionStore& transactions() const noexcept { return transactions_; }
  const CustomerStore& customers() const noexcept { return customers_; }

  PluginReply call(std::string_view function, std::string_view request) {
    return host_->call(function, request);
  }
  PluginReply event(std::string_view event_json) { return host_->event(event_json); }

  Clerk clerk() const;
  /// Someone else stands at the till now; tells the plugin. False for an unknown clerk.
  bool change_clerk(std::string_view id);
  /// The receipt on the screen; empty id clears it. False when there is no such receipt.
  bool show_transaction(std::string_view id);
  std::string current_transaction() const;  ///< its id, or empty

  /// Whether the plugin wants what is scanned, as event {"type":"scan","text"}.
  bool scanner_directed() const noexcept { return scanner_directed_; }

  bool training() const noexcept { return training_; }
  void set_training(bool on) noexcept { training_ = on; }

  /// What was printed so far, as the plugin's slip JSON.
  std::vector<std::string> printed() const;
  void print(std::string_view slip_json);
  /// The plugin's events since the last call, each a JSON text {"events": [...]}.
  std::vector<std::string> take_plugin_events();

  /// {"transactions": [...]} or {"customers": [...]} for what was scanned or typed: a receipt number, a
  /// mobile, a card. A transaction carries its "customer" when known.
  std::string find_transactions_json(std::string_view text) const;
  std::string find_customers_json(std::string_view text) const;

 private:
  HostServices services();

  TillConfig config_;
  Log log_;
  TransactionStore transactions_;
  CustomerStore customers_;
  std::atomic<bool> training_;
  std::atomic<bool> scanner_directed_{false};
  mutable std::mutex mutex_;  ///< guards the three below
  Clerk clerk_;
  std::string current_transaction_;
  std::vector<std::string> printed_;
  std::vector<std::string> plugin_events_;
  PluginLibrary library_;
  SerialThread ui_;
  std::unique_ptr<TillHost> host_;
};

}  // namespace ccms::host_sim
