#pragma once

#include <memory>

#include "core/db/database.h"
#include "server/cli/commands.h"

namespace ccms::server {

/// The settings to try, or null, with everything that is wrong on standard error. Reads `database`, unless it
/// is null as a file needs none.
std::shared_ptr<const Candidate> candidate_or_complain(const TrySettings& wish, db::Database* database);

}  // namespace ccms::server
