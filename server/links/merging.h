#pragma once

#include <string>

#include "core/domain/result.h"
#include "server/links/linking.h"
#include "server/settings/published_settings.h"

namespace ccms::server {

struct MergeRequest {
  std::string note;
  bool accept_other_customer = false;  ///< it is known that both speak for the same person
  bool accept_later_deadline = false;  ///< the customer may be answered later than promised
};

/// Merges `pair.ticket` into `pair.other`, which answers for it from then on: its code leads there, its
/// clocks stop, and nothing can be done with it. State, comments and history stay as they are. All in the
/// caller's transaction. Errors: those of check_joinable(), at /into; has_children (empty);
/// into_finished (/into): an open ticket into a finished one; would_leak (/into): a confidential ticket into
/// one that is not; other_customer, later_deadline (/into; also when that one has none), unless accepted.
/// Throws db::DbError.
domain::Result<void> merge_tickets(db::Connection& connection, const PublishedSettings& settings,
                                   const Principal& principal, LockedPair& pair, const MergeRequest& request,
                                   Instant now);

/// Takes a merge back: `pair.ticket` is what it was, with the clocks that its own history gives it; the time
/// in between counts. Errors: role_not_allowed, not_merged (empty). Throws db::DbError.
domain::Result<void> undo_merge(db::Connection& connection, const PublishedSettings& settings,
                                const Principal& principal, LockedPair& pair, const std::string& note,
                                Instant now);

}  // namespace ccms::server
