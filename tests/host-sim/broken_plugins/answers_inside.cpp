// Breaks: a call from inside a write callback is refused.
#include <string>

#include "tests/host-sim/broken_plugins/wrapped_plugin.h"

static int32_t screens(ccms_instance_t* self, ccms_string_t request, ccms_writer_t reply,
                       ccms_error_t* error) {
  std::string kept;
  const ccms_writer_t keep{&kept, [](void* context, const char* data, size_t size) {
                             static_cast<std::string*>(context)->assign(data, size);
                           }};
  // As if nothing were under way any more when the host is told.
  const int32_t status =
      wrapped_plugin::real->screens(self, request, reply.write == nullptr ? reply : keep, error);
  if (status == CCMS_OK) reply.write(reply.context, kept.data(), kept.size());
  return status;
}

CCMS_BROKEN_PLUGIN([](ccms_plugin_t& table) { table.screens = screens; })
