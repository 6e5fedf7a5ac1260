#include <dlfcn.h>

#include "host-sim/validate/check.h"
#include "host-sim/validate/elf_exports.h"
#include "host-sim/validate/probe.h"

namespace ccms::host_sim {
namespace {

void loads_locally(const CheckContext& context) { const PluginLibrary library(context.plugin); }

void entry_describes_the_plugin(const CheckContext& context) {
  const PluginLibrary library(context.plugin);
  const auto& entry = library.entry();
  for (const auto& [name, text] : {std::pair{"id", entry.id},
                                   {"name", entry.name},
                                   {"vendor", entry.vendor},
                                   {"version", entry.version}})
    require(text != nullptr && *text != '\0', std::string("the entry has no ") + name);
  require(entry.create != nullptr, "the entry has no create");
}

void exports_the_entry_alone(const CheckContext& context) {
  for (const auto& name : exported_symbols(context.plugin))
    require(name == CCMS_PLUGIN_ENTRY_SYMBOL, "the library also exports " + name);
}

void unloads(const CheckContext& context) {
  {
    Probe probe(context);
    probe.must_create();
    probe.must_start();
    probe.unload();
  }
  void* still = dlopen(context.plugin.c_str(), RTLD_NOW | RTLD_NOLOAD);
  require(still == nullptr, "the library stays in memory after dlclose");
}

}  // namespace

std::vector<Check> loading_checks() {
  return {
      {"loads_locally", "dlopen(RTLD_NOW | RTLD_LOCAL) works and the entry speaks this ABI", loads_locally},
      {"entry_describes_the_plugin", "id, name, vendor, version and create are there",
       entry_describes_the_plugin},
      {"exports_the_entry_alone", "everything but ccms_plugin_entry is hidden", exports_the_entry_alone},
      {"unloads", "after destroy and dlclose the library is gone", unloads}};
}

}  // namespace ccms::host_sim
