#pragma once

#include "core/db/connection.h"
#include "core/domain/result.h"
#include "server/app/clock.h"
#include "server/store/ticket_record.h"

namespace ccms::server {

/// Notes in the change feed that a ticket is another one now. Belongs into the transaction of the change
/// itself; the row has no number until the sequencer has seen it committed. Throws db::DbError.
void append_change(db::Connection& connection, const TicketRecord& ticket, Instant now);

/// Writes a ticket that was read with for_update, and its change row. Error: version_conflict when somebody
/// else was quicker. Throws db::DbError.
[[nodiscard]] domain::Result<void> write_back(db::Connection& connection, TicketRecord& ticket, Instant now);

/// As write_back(), for a ticket whose row was locked when it was read, so that nobody can have been quicker.
/// Throws db::DbError.
void write_locked(db::Connection& connection, TicketRecord& ticket, Instant now);

/// Tells the stores that saw a ticket before and must not see it any more (it is collected elsewhere now, or
/// has become confidential) to forget it. Belongs where append_change() does. Throws db::DbError.
void append_departures(db::Connection& connection, const TicketRecord& before, const TicketRecord& after,
                       Instant now);

}  // namespace ccms::server
