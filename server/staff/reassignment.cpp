#include "server/staff/reassignment.h"

#include "core/db/savepoint.h"
#include "core/domain/card_redaction.h"
#include "server/actions/ticket_actions.h"
#include "server/staff/assignees.h"
#include "server/store/active_tickets.h"
#include "server/store/assignment_turns.h"
#include "server/store/ticket_access.h"

namespace ccms::server {
namespace {

using domain::Result;

/// What a workflow without a step for it, or not from this state, leaves to administration.
Result<void> let_go(db::Connection& connection, TicketRecord& ticket, const PublishedSettings& settings,
                    const EventActor& actor, const std::string& reason, Instant now) {
  NewEvent event;
  event.type = "declined";
  event.actor = actor;
  event.at = now;
  event.data = {{"note", domain::redact_card_numbers(reason)}};
  ticket.assignee.reset();
  return record_act(connection, ticket, settings, event, now);
}

/// From a state that knows no assigning: to somebody to whom the ticket could be assigned elsewhere.
Result<void> give_to(db::Connection& connection, TicketRecord& ticket, const PublishedSettings& settings,
                     const EventActor& actor, const std::string& taker, const std::string& reason,
                     Instant now) {
  const auto role = role_of_assignee(connection, taker, ticket, settings.settings);
  if (!role) return role.error();
  NewEvent event;
  event.type = "assigned";
  event.actor = actor;
  event.at = now;
  event.data = {{"assignee", taker}, {"assignee_role", *role}, {"note", domain::redact_card_numbers(reason)}};
  ticket.assignee = taker;
  note_turn(connection, taker, now);
  return record_act(connection, ticket, settings, event, now);
}

Result<void> give_back(db::Connection& connection, TicketRecord& ticket, const PublishedSettings& settings,
                       const Principal& by, const std::string& reason, Instant now) {
  ActingPerson person = acting_person(by, ticket);
  person.roles.emplace_back(settings::kAssignee);
  workflow::ActionRequest decline;
  decline.action = "decline";
  decline.note = reason;
  auto declined = take_action(connection, ticket, settings, person, decline, now);
  if (declined || declined.error().code != "transition_not_allowed") return declined;
  return let_go(connection, ticket, settings, person.actor, reason, now);
}

Result<void> move(db::Connection& connection, TicketRecord& ticket, const PublishedSettings& settings,
                  const Principal& by, const ReassignmentWish& wish, Instant now) {
  if (!wish.to) return give_back(connection, ticket, settings, by, wish.reason, now);
  workflow::ActionRequest assign;
  assign.action = "assign";
  assign.assignee = wish.to;
  assign.note = wish.reason;
  const ActingPerson person = acting_person(by, ticket);
  auto assigned = take_action(connection, ticket, settings, person, assign, now);
  if (assigned || assigned.error().code != "transition_not_allowed") return assigned;
  return give_to(connection, ticket, settings, person.actor, *wish.to, wish.reason, now);
}

}  // namespace

Reassignment reassign_tickets(db::Connection& connection, const PublishedSettings& settings,
                              const Principal& by, const ReassignmentWish& wish, Instant now) {
  Reassignment done;
  for (const std::string& id : active_tickets_of(connection, wish.from)) {
    if (done.moved.size() == kMostReassigned) {
      done.more = true;
      break;
    }
    auto ticket = find_visible_ticket(connection, by, id, true);
    if (!ticket) {
      ++done.out_of_sight;
      continue;
    }
    if (ticket->assignee != wish.from) continue;  // somebody was quicker
    db::Savepoint before(connection);
    const auto moved = move(connection, *ticket, settings, by, wish, now);
    if (moved) {
      before.keep();
      done.moved.push_back(ticket->code);
    } else {
      before.undo();
      if (done.refused.size() < kMostReassigned) done.refused.push_back({ticket->code, moved.error()});
    }
  }
  return done;
}

}  // namespace ccms::server
