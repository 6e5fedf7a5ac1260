#include <atomic>

#include "host-sim/validate/check.h"
#include "host-sim/validate/probe.h"

namespace ccms::host_sim {
namespace {

/// How often an extension's function was called that nobody may call.
std::atomic<int> calls{0};

void asks_for_each_extension_once(const CheckContext& context) {
  Probe probe(context);
  probe.must_create();
  require(probe.extensions_asked_for().empty(), "an extension was asked for before start");
  probe.must_start();
  probe.call(probe.plugin().screens, std::string("{}"));
  for (const auto& [id, times] : probe.extensions_asked_for())
    require(times == 1, id + " was asked for " + std::to_string(times) + " times");
}

/// An extension of an older host ends before the functions that this plugin knows.
void leaves_short_extensions_alone(const CheckContext& context) {
  calls = 0;
  ccms_host_scanner_t scanner{sizeof scanner.struct_size, [](void*, int32_t) -> int32_t { return ++calls; }};
  ccms_host_training_mode_t training{sizeof training.struct_size, [](void*) -> int32_t { return ++calls; }};
  Probe probe(context);
  probe.offer(CCMS_HOST_SCANNER, &scanner);
  probe.offer(CCMS_HOST_TRAINING_MODE, &training);
  probe.must_create();
  probe.must_start();
  probe.call(probe.plugin().form, std::string(R"({"clerk":{"id":"c1","name":"Mia"}})"));
  probe.destroy();
  require(calls == 0, "a function beyond the extension's struct_size was called");
}

void lives_with_extensions_without_functions(const CheckContext& context) {
  const ccms_host_current_transaction_t current{sizeof current, nullptr};
  const ccms_host_lookup_t lookup{sizeof lookup, nullptr, nullptr};
  const ccms_host_print_t print{sizeof print, nullptr};
  const ccms_host_scanner_t scanner{sizeof scanner, nullptr};
  const ccms_host_manager_approval_t manager{sizeof manager, nullptr};
  const ccms_host_training_mode_t training{sizeof training, nullptr};
  Probe probe(context);
  probe.offer(CCMS_HOST_CURRENT_TRANSACTION, &current);
  probe.offer(CCMS_HOST_LOOKUP, &lookup);
  probe.offer(CCMS_HOST_PRINT, &print);
  probe.offer(CCMS_HOST_SCANNER, &scanner);
  probe.offer(CCMS_HOST_MANAGER_APPROVAL, &manager);
  probe.offer(CCMS_HOST_TRAINING_MODE, &training);
  probe.must_create();
  probe.must_start();
  for (const auto& [name, function] : request_functions()) {
    const auto reply =
        probe.call(probe.plugin().*function, std::string(R"({"clerk":{"id":"c1","name":"M"}})"));
    require(reply.status != CCMS_INTERNAL, std::string(name) + " failed inside");
  }
}

}  // namespace

std::vector<Check> extension_checks() {
  return {{"asks_for_each_extension_once", "extensions are asked for at start, each once",
           asks_for_each_extension_once},
          {"leaves_short_extensions_alone", "what lies beyond an extension's struct_size is not there",
           leaves_short_extensions_alone},
          {"lives_with_extensions_without_functions", "a NULL function is one that the host lacks",
           lives_with_extensions_without_functions}};
}

}  // namespace ccms::host_sim
