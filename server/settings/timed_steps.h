#pragma once

#include "core/db/connection.h"
#include "core/settings/settings.h"
#include "server/app/clock.h"

namespace ccms::server {

/// Has the tickets looked at that wait in a state out of which `next` leads by itself in another way than
/// `former` (null: no version was in force) did: their timers know nothing of it yet. Costs one statement a
/// state, in the caller's transaction. Throws db::DbError.
void wake_waiting_tickets(db::Connection& connection, const settings::Settings* former,
                          const settings::Settings& next, Instant now);

}  // namespace ccms::server
