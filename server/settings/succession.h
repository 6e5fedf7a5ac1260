#pragma once

#include <vector>

#include "core/db/connection.h"
#include "core/settings/loader.h"
#include "core/settings/settings.h"

namespace ccms::server {

/// What keeps `next` from taking the place of `former`: everything that tickets are in, at or about stays in
/// the document for good; what is no longer wanted is marked as retired. One problem (in_use) for each id
/// that is missing, with the pointer of its list; searchable fields with values also keep their type and the
/// options in use. Then those of state_problems_of_succession() and people_problems_of_succession(). Throws
/// db::DbError.
std::vector<settings::Problem> problems_of_succession(db::Connection& connection,
                                                      const settings::Settings& former,
                                                      const settings::Settings& next);

}  // namespace ccms::server
