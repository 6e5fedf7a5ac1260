#include "server/deadlines/timed_transitions.h"

#include <variant>

#include "core/workflow/span_end.h"
#include "core/workflow/workflow.h"
#include "server/actions/decided.h"

namespace ccms::server {
namespace {

std::optional<Instant> in_state_since(const workflow::Timeline& timeline) {
  std::optional<Instant> since;
  for (const auto& entry : timeline) {
    if (std::holds_alternative<workflow::Opened>(entry.change) ||
        std::holds_alternative<workflow::StateEntered>(entry.change))
      since = entry.at;
  }
  return since;
}

const workflow::WorkingTime* calendar_of(const TicketRecord& ticket, const PublishedSettings& in_force) {
  const auto region = in_force.settings.place_of(ticket.reported_store.value_or("")).region;
  const auto calendar = in_force.tat.calendars.find(region);
  return calendar == in_force.tat.calendars.end() ? nullptr : &calendar->second;
}

}  // namespace

std::optional<TimedTransition> timed_transition_of(const TicketRecord& ticket, const TicketClocks& clocks,
                                                   const PublishedSettings& in_force) {
  if (ticket.training || ticket.merged_into) return std::nullopt;
  const auto* transition =
      workflow::timed_transition(in_force.settings, workflow_state_of(ticket, in_force.settings));
  const auto since = in_state_since(clocks.timeline);
  if (transition == nullptr || !since) return std::nullopt;
  const auto due_at = workflow::span_end(*transition->after, calendar_of(ticket, in_force), *since);
  if (!due_at) return std::nullopt;
  return TimedTransition{transition, *due_at};
}

}  // namespace ccms::server
