// Breaks: nothing but the entry is exported, and the library unloads. (Linked with -z nodelete.)
#include "tests/host-sim/broken_plugins/wrapped_plugin.h"

extern "C" __attribute__((visibility("default"))) int ccms_helper_that_leaked_out() { return 42; }

CCMS_BROKEN_PLUGIN([](ccms_plugin_t&) {})
