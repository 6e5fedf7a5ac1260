#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/db/connection.h"

namespace ccms::server {

/// Conditions on `tickets t`. A ticket is active until it is closed or invalid, withdrawn, or merged into
/// another one; in earnest, unless it is for training.
inline constexpr std::string_view kIsActive =
    "t.state_type NOT IN ('closed', 'invalid') AND t.withdrawn = 0 AND t.merged_into IS NULL";
/// Not yet finished in earnest, or at rest in another ticket: undoing the merge has it go on from its state.
inline constexpr std::string_view kMayGoOn =
    "t.state_type NOT IN ('closed', 'invalid') AND t.withdrawn = 0 AND t.training = 0";
inline const std::string kIsActiveInEarnest = std::string(kIsActive) + " AND t.training = 0";

/// The ids of somebody's active tickets, oldest first. Throws db::DbError.
std::vector<std::string> active_tickets_of(db::Connection& connection, const std::string& user_id);

}  // namespace ccms::server
