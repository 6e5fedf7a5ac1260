#pragma once

#include "server/http/principal.h"
#include "server/store/sql_fragment.h"

namespace ccms::server {

/// The one rule of who sees which tickets, as a condition on a row of `tickets` named `t`. Every query that
/// touches tickets on somebody's behalf, counts and look-ups by id included, is built with it; what is
/// outside does not exist for the asker (404).
///  - a role of the chain: everything.
///  - a role of a department: that department's tickets.
///  - a role of a store, an area, a zone or a legal entity: tickets reported at, or to be collected at, one
///  of its stores.
///  - a till: tickets reported at, or to be collected at, its store.
/// Confidential tickets are seen only with the permission for them, and by no till. A role without the
/// permission to view tickets gives none.
/// Several roles add up; no role sees nothing.
SqlFragment visible_tickets(const Principal& principal);

}  // namespace ccms::server
