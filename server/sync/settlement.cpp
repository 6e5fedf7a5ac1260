#include "server/sync/settlement.h"

#include <algorithm>

namespace ccms::server {
namespace {

using domain::Error;
using settings::State;
using settings::Transition;

bool starts_in(const Transition& transition, const std::string& state) {
  return std::find(transition.from.begin(), transition.from.end(), state) != transition.from.end();
}

/// The closed state that a transition leads to; null when it leads elsewhere or is no `close`.
const State* closed_by(const settings::Workflow& flow, const Transition& transition) {
  if (transition.action != settings::Action::close || !transition.to) return nullptr;
  const State* to = flow.find_state(*transition.to);
  return to != nullptr && to->type == domain::StateType::closed ? to : nullptr;
}

}  // namespace

bool is_finished(const TicketRecord& ticket) {
  const auto type = domain::from_text<domain::StateType>(ticket.state_type);
  return type && settings::is_terminal(*type);
}

domain::Result<void> check_settlement(const TicketRecord& ticket, const domain::Settled& body,
                                      const settings::Settings& under) {
  if (ticket.withdrawn) return Error{"already_finished", "the ticket was withdrawn", "/ticket_id"};
  if (is_finished(ticket)) return Error{"already_finished", "the ticket is closed already", "/ticket_id"};
  if (settings::find_by_id(under.resolution_codes, body.resolution_code.str()) == nullptr)
    return Error{"unknown_option", "there is no such resolution", "/body/resolution_code"};
  if (body.remedy && body.remedy->amount && body.remedy->amount->currency != under.form.currency)
    return Error{"bad_value", "this is not the chain's currency", "/body/remedy/amount/currency"};
  return {};
}

const State* first_closed_state(const settings::Workflow& flow) {
  const auto found = std::find_if(flow.states.begin(), flow.states.end(),
                                  [](const State& state) { return state.type == domain::StateType::closed; });
  return found == flow.states.end() ? nullptr : &*found;
}

const State* state_when_settled(const settings::Workflow& flow, const std::string& state) {
  const State* reachable = nullptr;
  for (const auto& transition : flow.transitions) {
    const State* closed = closed_by(flow, transition);
    if (closed != nullptr && starts_in(transition, state)) return closed;
    if (reachable == nullptr) reachable = closed;
  }
  return reachable != nullptr ? reachable : first_closed_state(flow);
}

}  // namespace ccms::server
