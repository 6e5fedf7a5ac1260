#pragma once

#include <dlfcn.h>

#include <atomic>
#include <filesystem>
#include <map>
#include <mutex>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "plugin/include/ccms/ccms_plugin.h"

namespace ccms::test {

/// The plugin as a host sees it: a shared library and the header. The thread that makes it is the UI thread.
class PluginHost {
 public:
  using Json = nlohmann::ordered_json;
  using Function = int32_t (*ccms_plugin_t::*)(ccms_instance_t*, ccms_string_t, ccms_writer_t, ccms_error_t*);

  /// Loads the library that this build has made; throws std::runtime_error.
  explicit PluginHost(int dlopen_flags = RTLD_NOW | RTLD_LOCAL);
  ~PluginHost();
  PluginHost(const PluginHost&) = delete;
  PluginHost& operator=(const PluginHost&) = delete;

  static std::filesystem::path library();

  const ccms_plugin_entry_t& entry() const { return *entry_; }
  const ccms_host_t& host() const { return host_; }

  /// A configuration of till S001-T1.
  static Json config(const std::filesystem::path& folder, const std::string& server_url);
  ccms_status_t create(const Json& config);
  /// create and start, or throws.
  void open(const Json& config);
  void close();
  const ccms_plugin_t& plugin() const { return *plugin_; }
  ccms_instance_t* instance() const { return instance_; }

  struct Reply {
    ccms_status_t status = CCMS_OK;
    std::string bytes;
    std::string message;
    std::string field;
    int writes = 0;
    Json json() const { return Json::parse(bytes); }
  };
  Reply call(Function function, std::string_view request);
  Reply ask(Function function, const Json& request) { return call(function, request.dump()); }
  Json expect(Function function, const Json& request);  ///< throws unless CCMS_OK
  /// Enrols and waits for the settings.
  void enrol(const std::string& code);
  /// Waits until the worker has fetched the settings; throws std::runtime_error after 20 s.
  void await_settings();

  /// Bends the host's own behaviour.
  std::atomic<bool> training{false};
  std::atomic<bool> throw_in_training{false};
  /// Besides training mode; set before open().
  std::map<std::string, const void*> extensions;
  std::atomic<int> calls_but_log{0};
  std::atomic<int> callbacks{0};
  std::vector<std::string> log_lines() const;

 private:
  void* library_ = nullptr;
  const ccms_plugin_entry_t* entry_ = nullptr;
  ccms_host_t host_{};
  ccms_host_training_mode_t training_{};
  const ccms_plugin_t* plugin_ = nullptr;
  ccms_instance_t* instance_ = nullptr;
  std::thread::id ui_thread_ = std::this_thread::get_id();
  mutable std::mutex mutex_;
  std::vector<std::string> log_;
};

}  // namespace ccms::test
