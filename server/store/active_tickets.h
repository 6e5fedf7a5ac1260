#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <vector>

#include "core/db/connection.h"

namespace ccms::server {

// A ticket that somebody has is active until it is closed or invalid, withdrawn, or merged into another one.
// Both throw db::DbError.

/// The ids of somebody's active tickets, oldest first.
std::vector<std::string> active_tickets_of(db::Connection& connection, const std::string& user_id);

/// How many everybody has, by user id; who has none is not there.
std::map<std::string, std::size_t> count_active_tickets(db::Connection& connection);

}  // namespace ccms::server
