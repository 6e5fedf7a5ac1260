#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/db/connection.h"
#include "server/app/clock.h"

namespace ccms::server {

/// The settings that are being written, before anybody works by them. There is one draft; its document may be
/// anything that is JSON.
struct Draft {
  std::string document;       ///< byte for byte as it was saved
  std::int64_t based_on = 0;  ///< the newest version when it was begun, as whoever saved it said; 0: none
  std::string digest;         ///< SHA-256 of the document, hexadecimal
  Instant updated_at;
  std::string updated_by;

  /// With its quotation marks. Another document, or another base, has another one.
  std::string etag() const;
};

/// The draft as the database has it. Lives within one piece of work on a connection that the caller holds.
/// All functions throw db::DbError.
class DraftTable {
 public:
  explicit DraftTable(db::Connection& connection) : connection_(connection) {}

  /// Whoever is going to change it calls VersionTable::lock_newest() first.
  std::optional<Draft> load();
  /// Replaces what is there. `digest` and `updated_at` of `draft` are not read.
  Draft save(Draft draft, Instant now);
  void remove();

 private:
  db::Connection& connection_;
};

}  // namespace ccms::server
