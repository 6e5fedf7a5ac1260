#pragma once

#include "plugin/include/ccms/ccms_plugin.h"

namespace ccms::plugin::abi {

/// The functions of an instance, and the one that makes one: C on the outside, guarded use cases behind.
extern const ccms_plugin_t kPluginTable;

int32_t create(const ccms_host_t* host, ccms_string_t config, const ccms_plugin_t** plugin,
               ccms_instance_t** instance, ccms_error_t* error) noexcept;

}  // namespace ccms::plugin::abi
