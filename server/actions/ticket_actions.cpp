#include "server/actions/ticket_actions.h"

#include <algorithm>
#include <set>

#include "core/domain/card_redaction.h"
#include "server/app/identifiers.h"
#include "server/deadlines/deadlines.h"
#include "server/intake/allocation.h"
#include "server/notify/outbox.h"
#include "server/staff/roles.h"
#include "server/store/changes.h"
#include "server/store/state_facts.h"
#include "server/store/ticket_events.h"
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

Result<void> check_assignee(db::Connection& connection, const workflow::Decision& decision,
                            const TicketRecord& ticket) {
  if (!decision.assignee) return {};
  const auto user = UserStore(connection).find(*decision.assignee);
  if (!user || !user->enabled) return Error{"unknown_assignee", "there is no such user", "/assignee"};
  const auto& department = decision.department ? decision.department : ticket.department;
  const bool fits = std::any_of(user->roles.begin(), user->roles.end(), [&](const RoleGrant& grant) {
    return grant.role == "hq" ||
           (grant.role == "department_staff" && department && grant.scope == *department);
  });
  if (!fits)
    return Error{"wrong_department", "this user does not work for the ticket's department", "/assignee"};
  return {};
}

void apply(const workflow::Decision& decision, const settings::Settings& settings, TicketRecord& ticket,
           Instant now) {
  if (decision.state_changes()) {
    const settings::State* state = settings.workflow.find_state(decision.to_state);
    ticket.state = decision.to_state;
    ticket.state_type = domain::to_text(state->type);
    ticket.ready_to_collect = state->ready_to_collect;
    ticket.closed_at.reset();
  }
  if (decision.finishes) ticket.closed_at = to_epoch_ms(now);
  if (decision.verification) ticket.verification = domain::to_text(*decision.verification);
  if (decision.department) ticket.department = decision.department;
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

json event_data(const workflow::Decision& decision, const settings::Settings& settings) {
  json data = json::object();
  if (decision.state_changes()) {
    data = state_facts(settings.workflow, decision.to_state);
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
  return data;
}

Result<void> check_unmerged(const TicketRecord& ticket) {
  if (!ticket.merged_into) return {};
  return Error{"ticket_merged", "the ticket was merged into another one", ""};
}

Result<void> write(db::Connection& connection, TicketRecord& ticket, Instant now) {
  if (!fits_columns(ticket)) return Error{"too_long", "the ticket has become too large", ""};
  if (!update_ticket(connection, ticket))
    return Error{"version_conflict", "somebody else changed the ticket at the same time", ""};
  append_change(connection, ticket, now);
  return {};
}

}  // namespace

workflow::TicketState workflow_state_of(const TicketRecord& ticket) {
  workflow::TicketState state;
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

Result<void> take_action(db::Connection& connection, TicketRecord& ticket, const PublishedSettings& settings,
                         const ActingPerson& person, const workflow::ActionRequest& request, Instant now) {
  if (auto checked = check_unmerged(ticket); !checked) return checked;
  workflow::ActionRequest redacted = request;
  if (redacted.note) redacted.note = domain::redact_card_numbers(*redacted.note);
  const auto decided = workflow::decide(settings.settings, workflow_state_of(ticket), redacted, person.roles);
  if (!decided) return decided.error();
  const workflow::Decision& decision = *decided;
  if (auto checked = check_assignee(connection, decision, ticket); !checked) return checked;

  apply(decision, settings.settings, ticket, now);
  std::string cause;
  for (const workflow::Consequence& consequence : decision.events) {
    NewEvent event;
    event.event_id = new_uuid(now);
    event.type = consequence.type;
    event.actor = person.actor;
    event.is_public = is_public_event(consequence.type);
    event.at = now;
    event.data = event_data(decision, settings.settings);
    if (cause.empty()) cause = event.event_id;
    append_event(connection, ticket, event, now);
  }
  const bool allocated = decision.verification && allocate(connection, ticket, settings.settings, now);
  Deadlines(connection, settings, now).follow(ticket, "acted");
  if (auto written = write(connection, ticket, now); !written) return written;
  if (allocated) tell_of_creation(connection, ticket, settings.settings, now);
  if (decision.notification) {
    enqueue_notifications(connection, ticket, settings.settings,
                          {*decision.notification, cause, decision.rejection_reason.value_or("")}, now);
  }
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

}  // namespace ccms::server
