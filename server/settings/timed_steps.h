#pragma once

#include <cstdint>

#include "core/db/connection.h"
#include "core/settings/settings.h"
#include "server/app/clock.h"

namespace ccms::server {

/// Has the tickets looked at that wait in a state out of which `next` leads by itself in another way than
/// `former` (null: no version was in force) did, or counts the waiting on other calendars: their timers know
/// nothing of it yet. Costs one statement a state, in the caller's transaction, which holds
/// VersionTable::lock_newest(). Throws db::DbError.
void wake_waiting_tickets(db::Connection& connection, const settings::Settings* former,
                          const settings::Settings& next, Instant now);

/// The number of the version in force, which stays that until the caller's transaction ends: whoever
/// publishes another waits for it, and then wakes tickets as it left them. Any number of transactions may
/// hold it together. 0: none. Call it before anything else in the transaction is locked. Throws db::DbError.
std::int64_t hold_version_in_force(db::Connection& connection);

/// Whether everyone works by a newer version than this one: a process may learn of a publication a second
/// late. Throws db::DbError.
bool is_overtaken(db::Connection& connection, std::int64_t version);

}  // namespace ccms::server
