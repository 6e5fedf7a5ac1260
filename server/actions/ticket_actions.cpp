#include "server/actions/ticket_actions.h"

#include <algorithm>

#include "core/domain/card_redaction.h"
#include "server/actions/automatic_assignment.h"
#include "server/actions/decided.h"
#include "server/app/identifiers.h"
#include "server/deadlines/deadlines.h"
#include "server/intake/allocation.h"
#include "server/notify/outbox.h"
#include "server/staff/assignees.h"
#include "server/staff/roles.h"
#include "server/store/assignment_turns.h"
#include "server/store/changes.h"
#include "server/store/ticket_events.h"
#include "server/store/ticket_workflow.h"

namespace ccms::server {
namespace {

using domain::Error;
using domain::Result;
using nlohmann::json;

EventActor actor_of(const Principal& principal) {
  return {principal.kind == Principal::Kind::client ? "client" : "staff", principal.id, principal.name};
}

/// In which role the assignee gets the ticket; empty when the decision names nobody.
Result<std::string> role_of_named(db::Connection& connection, const workflow::Decision& decision,
                                  const TicketRecord& ticket, const settings::Settings& settings) {
  if (!decision.assignee) return std::string();
  TicketRecord there = ticket;
  if (decision.department) there.department = decision.department;
  return role_of_assignee(connection, *decision.assignee, there, settings);
}

/// One event for each thing that the decision means, all of them with the same data but for the clocks.
std::vector<NewEvent> append_events(db::Connection& connection, TicketRecord& ticket,
                                    const workflow::Decision& decision, const EventActor& actor,
                                    const json& data, Instant now) {
  std::vector<NewEvent> events;
  json without_clocks = data;
  // Clocks are turned once, after what the state makes of them.
  drop_clocks(without_clocks);
  for (const workflow::Consequence& consequence : decision.events) {
    NewEvent event;
    event.event_id = new_uuid(now);
    event.type = consequence.type;
    event.actor = actor;
    event.is_public = is_public(decision, consequence.type);
    event.at = now;
    event.data = &consequence == &decision.events.back() ? data : without_clocks;
    append_event(connection, ticket, event, now);
    events.push_back(std::move(event));
  }
  return events;
}

/// Somebody was named, and it was their turn; or the ticket went to a department, which may choose by itself.
void settle_assignee(db::Connection& connection, TicketRecord& ticket, const settings::Settings& settings,
                     const workflow::Decision& decision, bool allocated, Instant now) {
  if (decision.assignee) note_turn(connection, *decision.assignee, now);
  if (allocated || decision.department) assign_by_itself(connection, ticket, settings, now);
}

void note_program(json& data, const ActingPerson& person) {
  if (person.by) data["by"] = {{"type", person.by->type}, {"id", person.by->id}, {"name", person.by->name}};
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

ActingPerson acting_person(const Principal& principal, const TicketRecord& ticket) {
  return {actor_of(principal), roles_towards(principal, ticket)};
}

std::optional<ActingPerson> acting_customer(const Principal& principal, const TicketRecord& ticket) {
  if (principal.kind != Principal::Kind::client ||
      !may_towards(principal.standings, settings::Permission::tickets_for_customers, ticket))
    return std::nullopt;
  return ActingPerson{{"customer", ticket.customer_id.value_or(""), ticket.customer_name.value_or("")},
                      {std::string(settings::kCustomer)},
                      actor_of(principal)};
}

Result<void> take_action(db::Connection& connection, TicketRecord& ticket, const PublishedSettings& settings,
                         const ActingPerson& person, const workflow::ActionRequest& request, Instant now) {
  if (auto checked = check_unmerged(ticket); !checked) return checked;
  settle_workflow(ticket, settings.settings);
  workflow::ActionRequest redacted = request;
  for (auto* text : {&redacted.note, &redacted.attachment}) {
    if (*text) *text = domain::redact_card_numbers(**text);
  }
  const auto decided = workflow::decide(settings.settings, workflow_state_of(ticket, settings.settings),
                                        redacted, person.roles);
  if (!decided) return decided.error();
  const workflow::Decision& decision = *decided;
  const auto assignee_role = role_of_named(connection, decision, ticket, settings.settings);
  if (!assignee_role) return assignee_role.error();

  apply(decision, settings.settings, ticket, now);
  json data = event_data(decision, settings.settings, *assignee_role);
  note_program(data, person);
  const auto events = append_events(connection, ticket, decision, person.actor, data, now);
  const std::string& cause = events.front().event_id;
  const bool is_free =
      decision.transition->action == settings::Action::reopen && drop_departed_assignee(connection, ticket);
  const bool allocated = decision.verification && allocate(connection, ticket, settings.settings, now);
  if (!person.in_the_past)
    settle_assignee(connection, ticket, settings.settings, decision, allocated || is_free, now);
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

Result<void> record_act(db::Connection& connection, TicketRecord& ticket, const PublishedSettings& settings,
                        const NewEvent& event, Instant now) {
  append_event(connection, ticket, event, now);
  ticket.updated_at = to_epoch_ms(now);
  Deadlines(connection, settings, now).follow(ticket, "acted");
  return write(connection, ticket, now);
}

Result<void> add_comment(db::Connection& connection, TicketRecord& ticket, const PublishedSettings& settings,
                         const ActingPerson& person, const std::string& text, bool is_public, Instant now) {
  if (auto checked = check_unmerged(ticket); !checked) return checked;
  settle_workflow(ticket, settings.settings);
  NewEvent event;
  event.event_id = new_uuid(now);
  event.type = "commented";
  event.actor = person.actor;
  event.is_public = is_public;
  event.at = now;
  event.data = {{"text", domain::redact_card_numbers(text)},
                {"visibility", is_public ? "public" : "internal"}};
  note_program(event.data, person);
  return record_act(connection, ticket, settings, event, now);
}

std::vector<NewEvent> carry_out(db::Connection& connection, TicketRecord& ticket,
                                const settings::Settings& settings, const workflow::Decision& decision,
                                const std::string& assignee_role, const json& why, Instant now) {
  apply(decision, settings, ticket, now);
  json data = event_data(decision, settings, assignee_role);
  data.update(why);
  auto events = append_events(connection, ticket, decision, system_actor(), data, now);
  enqueue_notifications(connection, ticket, settings,
                        {settings::Occasion::step, decision.transition->id, events.front().event_id, ""},
                        now);
  return events;
}

Result<void> acknowledge_escalation(db::Connection& connection, TicketRecord& ticket,
                                    const PublishedSettings& settings, const Principal& principal,
                                    Instant now) {
  if (auto checked = check_unmerged(ticket); !checked) return checked;
  const auto fired = fired_steps(ticket_history(connection, ticket.ticket_id));
  if (std::all_of(fired.begin(), fired.end(), [](const auto& step) { return step.acknowledged_at; }))
    return {};
  NewEvent event;
  event.type = "acknowledged";
  event.actor = actor_of(principal);
  event.at = now;
  event.data = json::object();
  return record_act(connection, ticket, settings, event, now);
}

}  // namespace ccms::server
