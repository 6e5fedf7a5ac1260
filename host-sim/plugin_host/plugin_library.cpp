#include "host-sim/plugin_host/plugin_library.h"

#include <dlfcn.h>

#include <stdexcept>

namespace ccms::host_sim {

PluginLibrary::PluginLibrary(const std::filesystem::path& path)
    : handle_(dlopen(std::filesystem::absolute(path).c_str(), RTLD_NOW | RTLD_LOCAL)) {
  if (handle_ == nullptr) throw std::runtime_error(std::string("cannot load the plugin: ") + dlerror());
  entry_ = static_cast<const ccms_plugin_entry_t*>(dlsym(handle_, CCMS_PLUGIN_ENTRY_SYMBOL));
  std::string problem;
  if (entry_ == nullptr) {
    problem = path.string() + " does not export " CCMS_PLUGIN_ENTRY_SYMBOL;
  } else if (entry_->abi_major != CCMS_ABI_MAJOR) {
    problem = "the plugin speaks ABI " + std::to_string(entry_->abi_major) + "." +
              std::to_string(entry_->abi_minor) + ", this host speaks " + std::to_string(CCMS_ABI_MAJOR) +
              "." + std::to_string(CCMS_ABI_MINOR);
  } else if (entry_->struct_size < sizeof(ccms_plugin_entry_t)) {
    problem = "the plugin's entry is " + std::to_string(entry_->struct_size) + " bytes, expected " +
              std::to_string(sizeof(ccms_plugin_entry_t));
  }
  if (problem.empty()) return;
  dlclose(handle_);
  throw std::runtime_error(problem);
}

PluginLibrary::~PluginLibrary() { dlclose(handle_); }

}  // namespace ccms::host_sim
