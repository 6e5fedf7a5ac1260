#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/db/connection.h"
#include "core/domain/result.h"
#include "server/app/clock.h"
#include "server/http/principal.h"
#include "server/settings/published_settings.h"

namespace ccms::server {

/// Most tickets that are moved at once.
inline constexpr std::size_t kMostReassigned = 200;

/// Whose tickets go to whom, and why.
struct ReassignmentWish {
  std::string from;               ///< user id
  std::optional<std::string> to;  ///< user id; absent: they are given back
  std::string reason;             ///< stands in the tickets' history
};

struct Reassignment {
  struct Refused {
    std::string code;
    domain::Error error;
  };
  std::vector<std::string> moved;  ///< codes
  std::vector<Refused> refused;
  std::size_t out_of_sight = 0;  ///< tickets that `by` may not see: they stay, and are not named
  bool more = false;             ///< others are left for another call
};

/// Moves somebody's active tickets, each as the action assign does in the hands of `by`, or gives them back
/// as the workflow's step decline does in the hands of whoever has them. From a state that knows no such step
/// a ticket changes hands all the same: nobody who has left must be the only one who could go on with it. A
/// ticket that cannot be moved stays; the first kMostReassigned of them are named. In the caller's
/// transaction. Throws db::DbError.
Reassignment reassign_tickets(db::Connection& connection, const PublishedSettings& settings,
                              const Principal& by, const ReassignmentWish& wish, Instant now);

}  // namespace ccms::server
