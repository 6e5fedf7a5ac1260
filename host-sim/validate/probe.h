#pragma once

#include <atomic>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "host-sim/plugin_host/plugin_library.h"
#include "host-sim/plugin_host/request_functions.h"
#include "host-sim/validate/check.h"
#include "plugin/include/ccms/ccms_plugin.h"

namespace ccms::host_sim {

/// The reply of one raw call: what was returned, and how often and with what the writer was called.
struct RawReply {
  int32_t status = -1;
  int writes = 0;
  std::string json;
  ccms_error_t error{};
};

/// A host as bare as the ABI allows, on the thread that made it: it counts what the plugin does to it and
/// makes raw calls, broken ones included. Not thread-safe but for what the plugin calls.
class Probe {
 public:
  explicit Probe(const CheckContext& context);
  /// Destroys the instance if there is one.
  ~Probe();
  Probe(const Probe&) = delete;
  Probe& operator=(const Probe&) = delete;

  const ccms_plugin_entry_t& entry() const { return library_->entry(); }
  ccms_host_t& host() { return host_; }
  /// A configuration that is right, with the server where nobody listens unless another is given.
  std::string config(const std::string& server_url = "http://127.0.0.1:9",
                     const std::string& data_folder = "data") const;

  /// The status of create; the instance is kept when it worked.
  RawReply create(const std::string& config);
  /// create with a right configuration, or CheckFailed.
  void must_create(const std::string& server_url = "http://127.0.0.1:9");
  void must_start();
  const ccms_plugin_t& plugin() const;
  ccms_instance_t* instance() const { return instance_; }
  int32_t destroy();
  /// Destroys, then unloads the library.
  void unload();

  RawReply call(RequestFunction function, const std::string& request);
  RawReply call(RequestFunction function, ccms_string_t request);

  /// The host answers with this extension for its id; an id asked for is counted in any case. Before start.
  void offer(const std::string& id, const void* extension) { extensions_[id] = extension; }
  const std::map<std::string, int>& extensions_asked_for() const { return asked_for_; }

  int calls_but_log() const { return calls_but_log_; }

 private:
  static Probe& self(void* data) { return *static_cast<Probe*>(data); }

  std::filesystem::path folder_;
  std::thread::id ui_thread_;
  std::optional<PluginLibrary> library_;
  ccms_host_t host_{};
  const ccms_plugin_t* plugin_ = nullptr;
  ccms_instance_t* instance_ = nullptr;
  std::atomic<int> calls_but_log_{0};
  std::map<std::string, const void*> extensions_;
  std::map<std::string, int> asked_for_;  // on the thread that calls start
};

}  // namespace ccms::host_sim
