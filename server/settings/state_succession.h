#pragma once

#include <vector>

#include "core/db/connection.h"
#include "core/settings/loader.h"
#include "core/settings/settings.h"

namespace ccms::server {

/// Where `next` would strand open tickets: one problem (in_use, /workflows/N/transitions) for each state of a
/// workflow that tickets are in and that no step leads out of, though one does under `former`. Merged tickets
/// count, since a merge can be undone; withdrawn and training tickets do not. Reads all open tickets. Throws
/// db::DbError.
std::vector<settings::Problem> state_problems_of_succession(db::Connection& connection,
                                                            const settings::Settings& former,
                                                            const settings::Settings& next);

}  // namespace ccms::server
