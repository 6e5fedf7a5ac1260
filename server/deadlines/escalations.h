#pragma once

#include "server/deadlines/deadlines.h"
#include "server/staff/standings.h"

namespace ccms::server {

/// Whom a step may tell.
struct EscalationAudience {
  const std::vector<StaffMember>& staff;  ///< all that are enabled
  const PublishedSettings& in_force;      ///< who is told, and what is done, is today's to say
  bool silent = false;                    ///< tickets of an older system: noted, and told to nobody
};

/// Takes the first step of the escalation ladders that is due for a ticket: its event, its messages, a
/// priority or department that it sets. When it is due was said by the settings that the ticket was made
/// with; what is done is what the ladder says today, nothing where it has no such step any more. Where the
/// ladder itself is gone, and for alerts of roles, it is what the ticket's own version says, without
/// priorities and departments that are gone. The event names roles of which nobody is there (nobody_in) or
/// has an address (no_address), and what the step would have set (no_such_priority, no_such_department). In
/// the caller's transaction, on a ticket that was read with for_update: what Deadlines::follow() calls for
/// each step. Adds its event to the clocks' history. Returns false when none was due. Throws db::DbError.
bool take_due_step(db::Connection& connection, TicketRecord& ticket, TicketClocks& clocks,
                   const EscalationAudience& audience);

}  // namespace ccms::server
