#include "server/actions/ticket_actions.h"

#include <algorithm>
#include <set>

#include "core/domain/card_redaction.h"
#include "server/actions/automatic_assignment.h"
#include "server/app/identifiers.h"
#include "server/deadlines/deadlines.h"
#include "server/intake/allocation.h"
#include "server/notify/outbox.h"
#include "server/staff/roles.h"
#include "server/staff/standings.h"
#include "server/store/assignment_turns.h"
#include "server/store/changes.h"
#include "server/store/state_facts.h"
#include "server/store/ticket_events.h"
#include "server/store/ticket_workflow.h"
#include "server/store/user_store.h"

namespace ccms::server {
namespace {

using domain::Error;
using domain::Result;
using nlohmann::json;

EventActor actor_of(const Principal& principal) {
  return {principal.kind == Principal::Kind::client ? "client" : "staff", principal.id, principal.name};
}

// What the customer may read in the history of the ticket.
bool is_public_event(const std::string& type) {
  static const std::set<std::string, std::less<>> public_types = {
      "rejected", "state_changed", "ready_to_collect", "handed_over", "closed", "reopened"};
  return public_types.contains(type);
}

/// The role in which a ticket can be assigned to somebody: one of the workflow's resolvers, or where it names
/// none, one that works where the ticket is. Empty: there is none.
std::string resolving_role(const std::vector<Standing>& standings, const settings::Workflow& flow,
                           const TicketRecord& ticket) {
  for (const Standing& standing : standings) {
    const bool resolves = flow.resolvers.empty() ? !standing.is_of_stores()
                                                 : std::find(flow.resolvers.begin(), flow.resolvers.end(),
                                                             standing.role) != flow.resolvers.end();
    if (resolves && standing.may(settings::Permission::tickets_view) && reaches(standing, ticket))
      return standing.role;
  }
  return {};
}

/// In which role the assignee gets the ticket; empty when the decision names nobody.
Result<std::string> role_of_assignee(db::Connection& connection, const workflow::Decision& decision,
                                     const TicketRecord& ticket, const settings::Settings& settings) {
  if (!decision.assignee) return std::string();
  const auto user = UserStore(connection).find(*decision.assignee);
  if (!user || !user->enabled) return Error{"unknown_assignee", "there is no such user", "/assignee"};
  TicketRecord there = ticket;
  if (decision.department) there.department = decision.department;
  auto role = resolving_role(standings_of(user->roles, &settings), workflow_of(ticket, settings), there);
  if (role.empty()) {
    return Error{"wrong_department", "this user does not work on such tickets of this department",
                 "/assignee"};
  }
  return role;
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

json event_data(const workflow::Decision& decision, const settings::Settings& settings,
                const std::string& assignee_role) {
  json data = json::object();
  if (decision.state_changes() || decision.transition->action == settings::Action::move) {
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
  if (!assignee_role.empty()) data["assignee_role"] = assignee_role;
  return data;
}

/// Somebody was named, and it was their turn; or the ticket went to a department, which may choose by itself.
void settle_assignee(db::Connection& connection, TicketRecord& ticket, const settings::Settings& settings,
                     const workflow::Decision& decision, bool allocated, Instant now) {
  if (decision.assignee) note_turn(connection, *decision.assignee, now);
  if (allocated || decision.department) assign_by_itself(connection, ticket, settings, now);
}

Result<void> check_unmerged(const TicketRecord& ticket) {
  if (!ticket.merged_into) return {};
  return Error{"ticket_merged", "the ticket was merged into another one", ""};
}

Result<void> write(db::Connection& connection, TicketRecord& ticket, Instant now) {
  if (!fits_columns(ticket)) return Error{"too_long", "the ticket has become too large", ""};
  return write_back(connection, ticket, now);
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

ActingPerson acting_person(const Principal& principal, const TicketRecord& ticket) {
  return {actor_of(principal), roles_towards(principal, ticket)};
}

std::optional<ActingPerson> acting_customer(const Principal& principal, const TicketRecord& ticket) {
  if (!may_towards(principal.standings, settings::Permission::tickets_for_customers, ticket))
    return std::nullopt;
  return ActingPerson{{"customer", ticket.customer_id.value_or(""), ticket.customer_name.value_or("")},
                      {std::string(settings::kCustomer)}};
}

Result<void> take_action(db::Connection& connection, TicketRecord& ticket, const PublishedSettings& settings,
                         const ActingPerson& person, const workflow::ActionRequest& request, Instant now) {
  if (auto checked = check_unmerged(ticket); !checked) return checked;
  workflow::ActionRequest redacted = request;
  if (redacted.note) redacted.note = domain::redact_card_numbers(*redacted.note);
  const auto decided = workflow::decide(settings.settings, workflow_state_of(ticket, settings.settings),
                                        redacted, person.roles);
  if (!decided) return decided.error();
  const workflow::Decision& decision = *decided;
  const auto assignee_role = role_of_assignee(connection, decision, ticket, settings.settings);
  if (!assignee_role) return assignee_role.error();

  apply(decision, settings.settings, ticket, now);
  std::string cause;
  for (const workflow::Consequence& consequence : decision.events) {
    NewEvent event;
    event.event_id = new_uuid(now);
    event.type = consequence.type;
    event.actor = person.actor;
    event.is_public = decision.transition->customer_sees.value_or(is_public_event(consequence.type));
    event.at = now;
    event.data = event_data(decision, settings.settings, *assignee_role);
    if (cause.empty()) cause = event.event_id;
    append_event(connection, ticket, event, now);
  }
  const bool allocated = decision.verification && allocate(connection, ticket, settings.settings, now);
  if (!person.in_the_past) settle_assignee(connection, ticket, settings.settings, decision, allocated, now);
  Deadlines(connection, settings, now).follow(ticket, "acted");
  if (auto written = write(connection, ticket, now); !written) return written;
  if (allocated) tell_of_creation(connection, ticket, settings.settings, now);
  if (decision.notification) {
    enqueue_notifications(connection, ticket, settings.settings,
                          {*decision.notification, "", cause, decision.rejection_reason.value_or("")}, now);
  }
  enqueue_notifications(connection, ticket, settings.settings,
                        {settings::Occasion::step, decision.transition->id, cause, ""}, now);
  return {};
}

Result<void> add_comment(db::Connection& connection, TicketRecord& ticket, const PublishedSettings& settings,
                         const Principal& principal, const std::string& text, bool is_public, Instant now) {
  if (auto checked = check_unmerged(ticket); !checked) return checked;
  NewEvent event;
  event.event_id = new_uuid(now);
  event.type = "commented";
  event.actor = actor_of(principal);
  event.is_public = is_public;
  event.at = now;
  event.data = {{"text", domain::redact_card_numbers(text)},
                {"visibility", is_public ? "public" : "internal"}};
  append_event(connection, ticket, event, now);
  ticket.updated_at = to_epoch_ms(now);
  Deadlines(connection, settings, now).follow(ticket, "acted");
  return write(connection, ticket, now);
}

std::string role_if_assigned(const std::vector<Standing>& standings, const TicketRecord& ticket,
                             const settings::Settings& settings) {
  return resolving_role(standings, workflow_of(ticket, settings), ticket);
}

std::vector<NewEvent> carry_out(db::Connection& connection, TicketRecord& ticket,
                                const settings::Settings& settings, const workflow::Decision& decision,
                                const std::string& assignee_role, const json& why, Instant now) {
  apply(decision, settings, ticket, now);
  std::vector<NewEvent> events;
  for (const workflow::Consequence& consequence : decision.events) {
    NewEvent event;
    event.event_id = new_uuid(now);
    event.type = consequence.type;
    event.actor = system_actor();
    event.is_public = decision.transition->customer_sees.value_or(is_public_event(consequence.type));
    event.at = now;
    event.data = event_data(decision, settings, assignee_role);
    event.data.update(why);
    append_event(connection, ticket, event, now);
    events.push_back(std::move(event));
  }
  const std::string cause = events.empty() ? std::string() : events.front().event_id;
  enqueue_notifications(connection, ticket, settings,
                        {settings::Occasion::step, decision.transition->id, cause, ""}, now);
  return events;
}

}  // namespace ccms::server
