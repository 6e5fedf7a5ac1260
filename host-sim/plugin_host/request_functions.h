#pragma once

#include <string_view>
#include <vector>

#include "plugin/include/ccms/ccms_plugin.h"

namespace ccms::host_sim {

using RequestFunction = int32_t (*)(ccms_instance_t*, ccms_string_t, ccms_writer_t, ccms_error_t*);

/// A function of the plugin's table that takes a request and writes a reply.
struct NamedFunction {
  const char* name;
  RequestFunction ccms_plugin_t::*function;
};

/// All of them, in the order of the table.
const std::vector<NamedFunction>& request_functions();

/// The one of that name, or nullptr.
const NamedFunction* find_request_function(std::string_view name);

}  // namespace ccms::host_sim
