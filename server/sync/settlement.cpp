#include "server/sync/settlement.h"

#include <algorithm>

#include "core/settings/remedies.h"

namespace ccms::server {
namespace {

using domain::Error;
using settings::State;
using settings::Transition;

/// The closed state that a transition leads to; null when it leads elsewhere.
const State* closed_by(const settings::Settings& settings, const Transition& transition) {
  const State* to = transition.to ? settings.find_state(*transition.to) : nullptr;
  return to != nullptr && to->type == domain::StateType::closed ? to : nullptr;
}

}  // namespace

domain::Result<void> check_settlement(const TicketRecord& ticket, const domain::Settled& body,
                                      const domain::Clerk& clerk, const settings::Settings& under) {
  if (ticket.withdrawn) return Error{"already_finished", "the ticket was withdrawn", "/ticket_id"};
  if (is_finished(ticket)) return Error{"already_finished", "the ticket is closed already", "/ticket_id"};
  if (settings::find_by_id(under.resolution_codes, body.resolution_code.str()) == nullptr)
    return Error{"unknown_option", "there is no such resolution", "/body/resolution_code"};
  auto checked = settings::check_remedy(under.form, body);
  if (checked) checked = settings::check_approval(under.form, body, clerk);
  if (checked) return {};
  auto error = checked.error();
  error.field.insert(0, "/body");
  return error;
}

const State* first_closed_state(const settings::Settings& settings, const settings::Workflow& flow) {
  for (const auto& transition : flow.transitions) {
    if (const State* closed = closed_by(settings, transition)) return closed;
  }
  return nullptr;
}

const State* state_when_settled(const settings::Settings& settings, const settings::Workflow& flow,
                                const std::string& state) {
  for (const auto& transition : flow.transitions) {
    const State* closed = closed_by(settings, transition);
    if (closed != nullptr && transition.starts_in(state)) return closed;
  }
  return first_closed_state(settings, flow);
}

}  // namespace ccms::server
