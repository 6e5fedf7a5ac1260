#pragma once

#include <dlfcn.h>

#include "plugin/include/ccms/ccms_plugin.h"

/// The real plugin behind another entry, so that each broken plugin differs from a good one in one fault.
/// The library stays open while an instance lives. Not thread-safe beyond what the checks need.
namespace wrapped_plugin {

inline void* library = nullptr;
inline int instances = 0;
inline const ccms_plugin_t* real = nullptr;
inline ccms_plugin_t table;

inline int32_t destroy(ccms_instance_t* self) {
  if (real == nullptr) return CCMS_INVALID_ARGUMENT;
  const int32_t status = real->destroy(self);
  if (self != nullptr && --instances == 0) {
    dlclose(library);
    library = nullptr;
    real = nullptr;
  }
  return status;
}

/// Creates the real instance; `break_table` then puts the fault into the table that the host sees.
inline int32_t create(const ccms_host_t* host, ccms_string_t config, const ccms_plugin_t** plugin,
                      ccms_instance_t** instance, ccms_error_t* error, void (*break_table)(ccms_plugin_t&)) {
  if (library == nullptr) library = dlopen(CCMS_REAL_PLUGIN, RTLD_NOW | RTLD_LOCAL);
  if (library == nullptr) return CCMS_INTERNAL;
  const auto* entry = static_cast<const ccms_plugin_entry_t*>(dlsym(library, CCMS_PLUGIN_ENTRY_SYMBOL));
  const int32_t status = entry->create(host, config, plugin, instance, error);
  if (status != CCMS_OK) {
    if (instances == 0) {
      dlclose(library);
      library = nullptr;
    }
    return status;
  }
  ++instances;
  real = *plugin;
  table = *real;
  table.destroy = destroy;
  break_table(table);
  *plugin = &table;
  return CCMS_OK;
}

}  // namespace wrapped_plugin

/// Exports an entry whose instances have the fault that `break_table` makes.
#define CCMS_BROKEN_PLUGIN(break_table)                                                                     \
  static int32_t broken_create(const ccms_host_t* host, ccms_string_t config, const ccms_plugin_t** plugin, \
                               ccms_instance_t** instance, ccms_error_t* error) {                           \
    return wrapped_plugin::create(host, config, plugin, instance, error, break_table);                      \
  }                                                                                                         \
  extern "C" __attribute__((visibility("default"))) const ccms_plugin_entry_t ccms_plugin_entry = {         \
      sizeof(ccms_plugin_entry_t), CCMS_ABI_MAJOR, CCMS_ABI_MINOR, "broken",                                \
      "A broken plugin",           "CCMS tests",   "0.0.0",        broken_create};
