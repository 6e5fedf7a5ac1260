#include "server/jobs/lease.h"

namespace ccms::server {

bool hold_lease(db::Connection& connection, const std::string& name, const std::string& owner, Instant now,
                std::chrono::milliseconds duration) {
  // A lease that nobody ever had ends at 0, and so can be taken by the same statement as any other.
  static constexpr const char* kInsert = "INSERT INTO leases (name, owner, expires_at) VALUES (?, '', 0) ";
  if (connection.query("SELECT owner FROM leases WHERE name = ?", {name}).empty())
    connection.execute(kInsert + connection.dialect().upsert("name", {}), {name});
  // The end moves on by at least a millisecond with every call, as MariaDB does not count an UPDATE to equal
  // values.
  return connection.execute(
             "UPDATE leases SET owner = ?, expires_at = CASE WHEN expires_at >= ? THEN expires_at + 1 ELSE ? "
             "END "
             "WHERE name = ? AND (owner = ? OR expires_at <= ?)",
             {owner, to_epoch_ms(now + duration), to_epoch_ms(now + duration), name, owner,
              to_epoch_ms(now)}) == 1;
}

}  // namespace ccms::server
