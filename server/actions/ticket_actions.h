#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/db/connection.h"
#include "core/domain/result.h"
#include "core/workflow/workflow.h"
#include "server/app/clock.h"
#include "server/http/principal.h"
#include "server/settings/published_settings.h"
#include "server/store/ticket_events.h"
#include "server/store/ticket_record.h"

namespace ccms::server {

/// Who takes an action on one ticket.
struct ActingPerson {
  EventActor actor;
  workflow::Roles roles;              ///< towards this ticket
  std::optional<EventActor> by = {};  ///< the program that acts for this person; kept in the history
  bool in_the_past = false;  ///< of a ticket that is brought over: nothing happens by itself because of it
};

ActingPerson acting_person(const Principal& principal, const TicketRecord& ticket);

/// A program that acts for the customer whose ticket it is. Nothing without the permission to, and nothing
/// for staff, who cannot be their own customers.
std::optional<ActingPerson> acting_customer(const Principal& principal, const TicketRecord& ticket);

/// Takes one action of the process flow on a ticket: new column values, events, change row and notifications,
/// all in the caller's transaction. `ticket` was read with for_update and is what it has become afterwards.
/// `now` is when the action happens, which the importer of old tickets puts into the past.
/// Errors: those of workflow::decide(), unknown_assignee and wrong_department (/assignee), and
/// version_conflict when somebody else was quicker, ticket_merged. After an error the transaction must be
/// rolled back. Throws db::DbError.
domain::Result<void> take_action(db::Connection& connection, TicketRecord& ticket,
                                 const PublishedSettings& settings, const ActingPerson& person,
                                 const workflow::ActionRequest& request, Instant now);

/// Adds a comment to the ticket's history. A customer's words are the customer's, and no answer of the chain,
/// whichever program brought them. Errors and rules as above.
domain::Result<void> add_comment(db::Connection& connection, TicketRecord& ticket,
                                 const PublishedSettings& settings, const ActingPerson& person,
                                 const std::string& text, bool is_public, Instant now);

/// Writes down what was done to a ticket without a step of the process flow, and what its clocks make of
/// that; `ticket` has changed already. Error: version_conflict, too_long; rules as above.
domain::Result<void> record_act(db::Connection& connection, TicketRecord& ticket,
                                const PublishedSettings& settings, const NewEvent& event, Instant now);

/// Does what was decided without anybody asking for it: changes `ticket`, adds the events, whose data get
/// the members of `why`, and the step's messages. The caller writes the row. Returns the events. Throws
/// db::DbError.
std::vector<NewEvent> carry_out(db::Connection& connection, TicketRecord& ticket,
                                const settings::Settings& settings, const workflow::Decision& decision,
                                const std::string& assignee_role, const nlohmann::json& why, Instant now);

/// Says that somebody has seen that the ticket was escalated: the next step of the ladder does not come
/// earlier for want of it. Does nothing where no step waits for that. Rules as above.
domain::Result<void> acknowledge_escalation(db::Connection& connection, TicketRecord& ticket,
                                            const PublishedSettings& settings, const Principal& principal,
                                            Instant now);

}  // namespace ccms::server
