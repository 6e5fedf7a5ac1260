#pragma once

#include <vector>

#include "core/db/connection.h"
#include "core/settings/settings.h"
#include "server/store/ticket_events.h"
#include "server/store/ticket_record.h"

namespace ccms::server {

/// Gives a ticket that nobody has to somebody of its department, where the settings say that this happens
/// by itself: among those it could be assigned to (of the department's own people where the workflow names
/// no resolvers), who are there and on shift. It goes the way of the workflow's first `assign` step that
/// can be taken, with that step's messages; where there is none, the state stays. An event says who was
/// chosen by what, or why nobody was; the ticket then waits, and is looked at again. Does nothing for other
/// departments, training, and tickets that are finished, withdrawn or merged. Changes `ticket`; the caller
/// writes the row afterwards, in the same transaction. Returns the events that it added. Throws db::DbError.
std::vector<NewEvent> assign_by_itself(db::Connection& connection, TicketRecord& ticket,
                                       const settings::Settings& settings, Instant now);

/// Tries once more with a ticket that waits, when that is due. Where still nobody is there, nothing is said
/// about it again. Rules as above.
std::vector<NewEvent> assign_if_due(db::Connection& connection, TicketRecord& ticket,
                                    const settings::Settings& settings, Instant now);

/// Takes a ticket that is worked on again away from an assignee who cannot sign in any more. True when it
/// did; the caller writes the row. Throws db::DbError.
bool drop_departed_assignee(db::Connection& connection, TicketRecord& ticket);

}  // namespace ccms::server
