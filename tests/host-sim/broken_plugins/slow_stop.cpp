// Breaks: stop returns within two seconds, whatever the network does.
#include <poll.h>

#include "tests/host-sim/broken_plugins/wrapped_plugin.h"

static int32_t stop(ccms_instance_t* self, ccms_error_t* error) {
  poll(nullptr, 0, 3000);
  return wrapped_plugin::real->stop(self, error);
}

CCMS_BROKEN_PLUGIN([](ccms_plugin_t& table) { table.stop = stop; })
