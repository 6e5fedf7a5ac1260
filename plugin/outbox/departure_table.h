#pragma once

#include <string_view>

#include "core/db/connection.h"
#include "core/domain/time.h"

/// Tickets of other tills that this store may not see any more: they have become confidential, or are
/// collected elsewhere now. What this till has written on them is to go as soon as the server has it.
namespace ccms::plugin::outbox::departures {

void note(db::Connection& connection, std::string_view ticket_id, domain::Instant at);
bool has(db::Connection& connection, std::string_view ticket_id);
/// It may be seen here again.
void forget(db::Connection& connection, std::string_view ticket_id);
/// Forgets those noted before `limit` on which nothing written is left here.
void purge(db::Connection& connection, domain::Instant limit);

}  // namespace ccms::plugin::outbox::departures
