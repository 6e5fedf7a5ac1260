// The library's one exported symbol. Its version can be read before any code of ours runs.
#define CCMS_PLUGIN_BUILD
#include "plugin/abi/table.h"
#include "plugin/version.h"

const ccms_plugin_entry_t ccms_plugin_entry = {
    sizeof(ccms_plugin_entry_t),
    CCMS_ABI_MAJOR,
    CCMS_ABI_MINOR,
    "ccms",
    "Customer Complaint Management System",
    "CCMS",
    ccms::plugin::kPluginVersion,
    ccms::plugin::abi::create,
};
