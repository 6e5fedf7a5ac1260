#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/db/connection.h"
#include "server/app/clock.h"

namespace ccms::server {

/// Stores that were given a version together, before everybody else.
struct Rollout {
  std::vector<std::string> stores;  ///< by id
  Instant started_at;
  std::string started_by;
  std::optional<Instant> ended_at;  ///< the stores went back to the version in force
};

/// One published version, without its document.
struct VersionRecord {
  std::int64_t version = 0;
  std::string digest;  ///< SHA-256 of the document, hexadecimal
  Instant published_at;
  std::string published_by;
  std::string note;                    ///< may be empty
  std::optional<Instant> in_force_at;  ///< when it was published for everyone; absent: for some stores alone
  std::vector<Rollout> rollouts;       ///< oldest first

  /// It is for some stores alone, or was.
  bool is_staged() const noexcept { return !in_force_at.has_value(); }
};

/// The published versions as the database has them. Lives within one piece of work on a connection that the
/// caller holds. All functions throw db::DbError.
class VersionTable {
 public:
  explicit VersionTable(db::Connection& connection) : connection_(connection) {}

  /// The newest version, behind a lock that lets those who change something about versions or the draft come
  /// one after the other: call it first in such a transaction. Nothing while none is published.
  std::optional<VersionRecord> lock_newest();
  /// The number of the newest version that is everyone's; 0: none.
  std::int64_t in_force();
  std::optional<VersionRecord> find(std::int64_t version);
  /// Newest first, below `before` when given, at most `limit`.
  std::vector<VersionRecord> page(std::optional<std::int64_t> before, std::int64_t limit);
  /// The bytes that were published; empty when there is no such version.
  std::string document(std::int64_t version);

  /// `record.rollouts` are not written.
  void insert(const VersionRecord& record, std::string_view document);
  void put_in_force(std::int64_t version, Instant now);
  /// Gives stores a version; those that have it already keep it.
  void roll_out(std::int64_t version, const std::vector<std::string>& stores, const std::string& by,
                Instant now);
  /// Takes the version back from these stores, or from all when none is named; returns from how many.
  std::int64_t end_rollout(std::int64_t version, const std::vector<std::string>& stores, Instant now);
  /// Which newer version than `in_force` a store's tills have, of those stores that have one.
  std::map<std::string, std::int64_t> staged(std::int64_t in_force);

 private:
  std::vector<VersionRecord> read(const std::string& condition, const db::Params& params);
  std::vector<Rollout> rollouts_of(std::int64_t version);

  db::Connection& connection_;
};

}  // namespace ccms::server
