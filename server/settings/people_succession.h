#pragma once

#include <vector>

#include "core/db/connection.h"
#include "core/settings/loader.h"
#include "core/settings/settings.h"

namespace ccms::server {

/// What `next` would take from the people who may sign in, and from programs with a good key: a role that
/// they hold is gone (in_use, /roles) or is given for something else (in_use, /roles/N/scope), what they hold
/// it for is gone (in_use, /organisation), or nobody is
/// left who may publish settings and change people (locked_out, /roles) though somebody may under `former`.
/// Throws db::DbError.
std::vector<settings::Problem> people_problems_of_succession(db::Connection& connection,
                                                             const settings::Settings& former,
                                                             const settings::Settings& next);

}  // namespace ccms::server
