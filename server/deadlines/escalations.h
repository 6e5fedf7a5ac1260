#pragma once

#include "server/deadlines/deadlines.h"
#include "server/staff/user.h"

namespace ccms::server {

/// Takes the steps of the escalation ladders that are due for a ticket, each once: its event, its messages, a
/// priority or department that it sets. In the caller's transaction, on a ticket that was read with
/// for_update; afterwards Deadlines::follow() and the ticket's row are the caller's. `users` are all that are
/// enabled. Returns how many steps were taken. Throws db::DbError.
std::size_t take_due_steps(db::Connection& connection, TicketRecord& ticket, const TicketClocks& clocks,
                           const std::vector<User>& users, Instant now);

}  // namespace ccms::server
