#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/db/connection.h"
#include "server/app/clock.h"

namespace ccms::server {

/// What decides whose turn it is.
struct AssignmentTurn {
  std::int64_t load = 0;  ///< tickets in earnest that are theirs and not finished
  std::optional<Instant> last_at;
};

/// Makes whoever else is choosing somebody of the department wait until this transaction ends: two that chose
/// at once would find the same turns. To be called before turns_of(). Throws db::DbError.
void hold_turns(db::Connection& connection, const std::string& department, Instant now);

/// Notes that somebody was assigned a ticket. Throws db::DbError.
void note_turn(db::Connection& connection, const std::string& user_id, Instant now);

/// Of each of these users. Throws db::DbError.
std::map<std::string, AssignmentTurn> turns_of(db::Connection& connection,
                                               const std::vector<std::string>& user_ids);

}  // namespace ccms::server
