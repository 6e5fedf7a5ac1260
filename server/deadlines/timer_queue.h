#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/db/connection.h"
#include "server/app/clock.h"

namespace ccms::server {

/// When to look at a ticket again: at most one row a ticket, found by one index. A claim moves the row's time
/// on, so that a process which dies leaves the ticket to be claimed again.
struct DueTimer {
  std::string ticket_id;
  std::int64_t due_at = 0;  ///< as it was found
};

/// Sets, moves or (without a moment) removes a ticket's timer. Throws db::DbError.
void set_timer(db::Connection& connection, const std::string& ticket_id, std::optional<Instant> due_at);

/// Finds the timers that are due, the longest-waiting first. Parameters: now, how many at most.
extern const std::string_view kDueTimersSql;

/// The timers that are due, the longest-waiting first. Throws db::DbError.
std::vector<DueTimer> due_timers(db::Connection& connection, Instant now, std::int64_t limit);

/// Takes a timer until `lease_until`. False when somebody else took it first, or the ticket changed: whoever
/// gets true does the work. Throws db::DbError.
bool claim_timer(db::Connection& connection, const DueTimer& timer, Instant lease_until);

}  // namespace ccms::server
