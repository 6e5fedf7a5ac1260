// Breaks: every entry checks its arguments; a bad call is answered, it does not take the till down.
#include "tests/host-sim/broken_plugins/wrapped_plugin.h"

static int32_t create_ticket(ccms_instance_t* self, ccms_string_t request, ccms_writer_t reply,
                             ccms_error_t* error) {
  const volatile char* unchecked = request.data;
  const char first = *unchecked;
  static_cast<void>(first);
  return wrapped_plugin::real->create_ticket(self, request, reply, error);
}

CCMS_BROKEN_PLUGIN([](ccms_plugin_t& table) { table.create_ticket = create_ticket; })
