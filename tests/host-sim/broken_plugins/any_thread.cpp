// Breaks: a [ui] function called from another thread is refused.
#include "tests/host-sim/broken_plugins/wrapped_plugin.h"

static ccms_host_t trusting_host;

static int32_t create(const ccms_host_t* host, ccms_string_t config, const ccms_plugin_t** plugin,
                      ccms_instance_t** instance, ccms_error_t* error) {
  const ccms_host_t* used = host;
  if (host != nullptr && host->struct_size >= sizeof(ccms_host_t)) {
    trusting_host = *host;
    trusting_host.is_ui_thread = [](void*) -> int32_t { return 1; };
    used = &trusting_host;
  }
  return wrapped_plugin::create(used, config, plugin, instance, error, [](ccms_plugin_t&) {});
}

extern "C" __attribute__((visibility("default"))) const ccms_plugin_entry_t ccms_plugin_entry = {
    sizeof(ccms_plugin_entry_t), CCMS_ABI_MAJOR, CCMS_ABI_MINOR, "broken",
    "A broken plugin",           "CCMS tests",   "0.0.0",        create};
