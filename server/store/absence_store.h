#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/db/connection.h"
#include "server/app/clock.h"

namespace ccms::server {

/// Somebody is away, and perhaps somebody else covers for them.
struct UserAbsence {
  Instant from;
  Instant until;                     ///< back from then on
  std::optional<std::string> cover;  ///< user id
};

/// Who is away when. Every function throws db::DbError.
class AbsenceStore {
 public:
  explicit AbsenceStore(db::Connection& connection) : connection_(connection) {}

  /// By beginning.
  std::vector<UserAbsence> of(const std::string& user_id);
  /// In place of all that they had. Belongs into a transaction. Two must not begin at one moment.
  void replace(const std::string& user_id, const std::vector<UserAbsence>& absences);
  /// Everybody who is away at a moment, by user id.
  std::map<std::string, UserAbsence> away_at(Instant moment);

 private:
  db::Connection& connection_;
};

}  // namespace ccms::server
