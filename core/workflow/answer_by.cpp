#include "core/workflow/answer_by.h"

#include "core/workflow/routing.h"

namespace ccms::workflow {

std::optional<domain::Instant> answer_by(const TatRules& rules, const Beginning& beginning) {
  const Timeline timeline{{beginning.at, Opened{beginning.facts, beginning.state, beginning.pauses_clock}}};
  const auto statuses = evaluate([&](std::int64_t) { return &rules; }, timeline, beginning.at);
  return earliest_deadline(statuses, settings::TatClock::resolution);
}

std::optional<domain::Instant> answer_by(const settings::Bundle& bundle, const TatRules& rules,
                                         const domain::TicketFacts& facts, domain::Instant at) {
  const settings::BundleState* initial = bundle.initial_state(facts.kind, facts.category);
  if (!bundle.routing || initial == nullptr) return std::nullopt;
  const Route way = route({*bundle.routing, bundle.form, {}}, facts);
  return answer_by(rules, {{facts, way.priority, way.department, bundle.region, bundle.settings_version},
                           initial->type,
                           initial->pauses_clock,
                           at});
}

}  // namespace ccms::workflow
