#pragma once

#include <filesystem>
#include <string>

#include "plugin/include/ccms/ccms_plugin.h"

namespace ccms::host_sim {

/// A loaded plugin library and its checked entry. Unloads on destruction; instances must be gone by then.
/// Errors: std::runtime_error saying what is wrong with the library.
class PluginLibrary {
 public:
  explicit PluginLibrary(const std::filesystem::path& path);
  ~PluginLibrary();
  PluginLibrary(const PluginLibrary&) = delete;
  PluginLibrary& operator=(const PluginLibrary&) = delete;

  const ccms_plugin_entry_t& entry() const noexcept { return *entry_; }

 private:
  void* handle_ = nullptr;
  const ccms_plugin_entry_t* entry_ = nullptr;
};

}  // namespace ccms::host_sim
