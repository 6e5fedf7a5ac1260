#include "server/actions/decided.h"

#include <set>

#include "core/wire/ticket_json.h"
#include "server/deadlines/ticket_history.h"
#include "server/store/state_facts.h"
#include "server/store/ticket_workflow.h"

namespace ccms::server {
namespace {

// What the customer may read in the history of the ticket.
bool is_told_to_customers(const std::string& event_type) {
  static const std::set<std::string, std::less<>> public_types = {
      "rejected", "state_changed", "ready_to_collect", "handed_over", "closed", "reopened"};
  return public_types.contains(event_type);
}

}  // namespace

workflow::TicketState workflow_state_of(const TicketRecord& ticket, const settings::Settings& settings) {
  workflow::TicketState state;
  state.workflow = workflow_of(ticket, settings).id;
  state.state = ticket.state;
  state.verification = domain::from_text<workflow::Verification>(ticket.verification)
                           .value_or(workflow::Verification::unverified);
  state.department = ticket.department.value_or("");
  state.assignee = ticket.assignee;
  state.withdrawn = ticket.withdrawn;
  return state;
}

void apply(const workflow::Decision& decision, const settings::Settings& settings, TicketRecord& ticket,
           Instant now) {
  if (decision.state_changes()) {
    const settings::State* state = settings.find_state(decision.to_state);
    ticket.state = decision.to_state;
    ticket.state_type = domain::to_text(state->type);
    ticket.ready_to_collect = state->ready_to_collect;
    ticket.closed_at.reset();
  }
  if (decision.finishes) ticket.closed_at = to_epoch_ms(now);
  if (decision.verification) ticket.verification = domain::to_text(*decision.verification);
  if (decision.department) ticket.department = decision.department;
  if (decision.priority) ticket.priority = decision.priority;
  if (decision.clears_assignee) ticket.assignee.reset();
  if (decision.assignee) ticket.assignee = decision.assignee;
  if (decision.clears_resolution) {
    ticket.resolution_code.reset();
    ticket.resolution_note.reset();
  }
  if (decision.resolution_code) {
    ticket.resolution_code = decision.resolution_code;
    ticket.resolution_note = decision.note;
  }
  ticket.updated_at = to_epoch_ms(now);
}

nlohmann::json event_data(const workflow::Decision& decision, const settings::Settings& settings,
                          const std::string& assignee_role) {
  nlohmann::json data = nlohmann::json::object();
  if (decision.tells_state()) {
    data = state_facts(settings, decision.to_state);
    data["from"] = decision.from_state;
  }
  data["transition"] = decision.transition->id;
  const auto add = [&](const char* name, const std::optional<std::string>& value) {
    if (value) data[name] = *value;
  };
  add("note", decision.note);
  add("resolution_code", decision.resolution_code);
  add("reason", decision.rejection_reason);
  add("assignee", decision.assignee);
  add("department", decision.department);
  add("priority", decision.priority);
  add("attachment", decision.attachment);
  if (decision.remedy) data["remedy"] = nlohmann::json::parse(wire::to_json(*decision.remedy).dump());
  put_clocks(data, *decision.transition);
  if (!assignee_role.empty()) data["assignee_role"] = assignee_role;
  return data;
}

bool is_public(const workflow::Decision& decision, const std::string& event_type) {
  return decision.transition->customer_sees.value_or(is_told_to_customers(event_type));
}

}  // namespace ccms::server
