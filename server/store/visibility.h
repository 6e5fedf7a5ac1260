#pragma once

#include "server/http/principal.h"
#include "server/store/sql_fragment.h"

namespace ccms::server {

/// The one rule of who sees which tickets, as a condition on a row of `tickets` named `t`. Every query that
/// touches tickets on somebody's behalf, counts and look-ups by id included, is built with it; what is
/// outside does not exist for the asker (404).
///  - hq: everything.
///  - department_staff: the tickets of their departments.
///  - store_manager: tickets reported at, or to be collected at, their store, but not confidential ones about
///  it.
///  - a till: tickets reported at, or to be collected at, its store that are not confidential.
/// Several roles add up; no role sees nothing.
SqlFragment visible_tickets(const Principal& principal);

}  // namespace ccms::server
