#pragma once

#include <chrono>
#include <string>

#include "core/db/connection.h"
#include "server/app/clock.h"

namespace ccms::server {

/// Takes or prolongs the lease `name` for `owner`; false while another owner's has not ended. Of several
/// processes one gets it: the row is changed, not only locked, which holds across the nodes of a cluster.
/// Belongs into the transaction of the work that it guards, so that work and lease commit together or not at
/// all. Throws db::DbError.
bool hold_lease(db::Connection& connection, const std::string& name, const std::string& owner, Instant now,
                std::chrono::milliseconds duration);

}  // namespace ccms::server
