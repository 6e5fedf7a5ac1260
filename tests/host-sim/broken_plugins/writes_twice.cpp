// Breaks: a result is handed to the write callback exactly once.
#include "tests/host-sim/broken_plugins/wrapped_plugin.h"

static int32_t screens(ccms_instance_t* self, ccms_string_t request, ccms_writer_t reply,
                       ccms_error_t* error) {
  const int32_t first = wrapped_plugin::real->screens(self, request, reply, error);
  if (first == CCMS_OK) wrapped_plugin::real->screens(self, request, reply, error);
  return first;
}

CCMS_BROKEN_PLUGIN([](ccms_plugin_t& table) { table.screens = screens; })
