#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "core/db/database.h"
#include "server/app/clock.h"
#include "server/what_if/replay_difference.h"

namespace ccms::server {

/// Most tickets that are replayed at once.
inline constexpr std::int64_t kMostReplayed = 5000;
inline constexpr std::int64_t kUsualReplayed = 1000;

/// A ticket that would be treated differently.
struct ChangedTicket {
  std::string ticket_id;
  std::string code;  ///< 12 symbols, without dashes
  Instant created_at;
  std::string store;  ///< may be empty
  std::vector<Difference> differences;
};

/// What would change for a chain's last tickets. Differences point into the candidates.
struct ReplayReport {
  std::int64_t tickets = 0;            ///< looked at
  std::int64_t unreadable = 0;         ///< of these: damaged in the database, and not replayed
  DifferenceCounts counts;             ///< of every aspect
  std::vector<ChangedTicket> changed;  ///< newest first
};

/// Replays the last tickets that were made, training left out, under both candidates as of `now`: as if they
/// had come in under them. `last` is 1 to kMostReplayed. Reads alone, a page at a time, and holds no
/// connection between pages. Throws db::DbError.
ReplayReport replay_last_tickets(db::Database& database, std::int64_t last, const Candidate& before,
                                 const Candidate& after, Instant now);

/// {"tickets","unreadable","counts":{ASPECT:{"added","dropped","changed"}},"changed":[…]}
nlohmann::json replay_json(const ReplayReport& report);

}  // namespace ccms::server
