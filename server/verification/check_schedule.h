#pragma once

#include <string>
#include <vector>

#include "core/db/connection.h"
#include "core/workflow/workflow.h"
#include "server/app/clock.h"

namespace ccms::server {

// Which purchases are to be looked up again, and when. What is due is one indexed column; a row is there as
// long as a ticket waits. All throw db::DbError.

struct DueCheck {
  std::string ticket_id;
  std::int64_t due_at = 0;
  std::int64_t attempts = 0;
};

/// Notes what has come of a ticket's check: a pending one is looked at again from `now` on, any other waits
/// for nothing.
void schedule_check(db::Connection& connection, const std::string& ticket_id, workflow::Verification state,
                    Instant now);

/// The ticket waits for nothing any more.
void stop_waiting(db::Connection& connection, const std::string& ticket_id);

/// What is due, the longest-waiting first.
std::vector<DueCheck> due_checks(db::Connection& connection, Instant now, std::int64_t limit);

/// Puts off a due check, twice as long each time, so that a directory that does not know a receipt is not
/// asked for it again and again. False when somebody else took it first: whoever gets true does the work.
bool take_due_check(db::Connection& connection, const DueCheck& check, Instant now);

/// Makes due what the books of `imported_at` say something new about: tickets on these purchases that still
/// wait, could not be checked, or contradicted what the books said before. Returns how many.
std::int64_t make_imported_due(db::Connection& connection, Instant imported_at);

}  // namespace ccms::server
