#include "core/workflow/timeline.h"

namespace ccms::workflow {

TatFacts facts_at(const Timeline& timeline, domain::Instant now) {
  TatFacts facts;
  for (const auto& entry : timeline) {
    if (entry.at > now) break;
    if (const auto* opened = std::get_if<Opened>(&entry.change)) facts = opened->facts;
    if (const auto* changed = std::get_if<FactsChanged>(&entry.change)) facts = changed->facts;
  }
  return facts;
}

}  // namespace ccms::workflow
