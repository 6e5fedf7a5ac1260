#include "server/jobs/change_sequencer.h"

#include <utility>

#include "core/db/transaction.h"
#include "server/jobs/lease.h"

namespace ccms::server {
namespace {

constexpr std::int64_t kBatch = 500;
constexpr std::chrono::seconds kLease{10};

bool work_is_waiting(db::Database& database) {
  const db::Lease reader = database.reader();
  return !reader->query("SELECT change_id FROM changes WHERE number IS NULL LIMIT 1").empty();
}

}  // namespace

ChangeSequencer::ChangeSequencer(db::Database& database, std::string owner)
    : database_(database), owner_(std::move(owner)) {}

std::size_t ChangeSequencer::run_once(Instant now) {
  // Looking costs a read; a write, and with SQLite everybody's write lock, is only taken when there is work.
  if (!work_is_waiting(database_)) return 0;
  return db::with_transaction(database_, [&](db::Connection& connection) -> std::size_t {
    if (!hold_lease(connection, "change_sequencer", owner_, now, kLease)) return 0;
    const db::Rows waiting = connection.query(
        "SELECT change_id FROM changes WHERE number IS NULL ORDER BY at, change_id LIMIT ?", {kBatch});
    std::int64_t number =
        connection.query("SELECT COALESCE(MAX(number), 0) AS last FROM changes").front().integer("last");
    for (const db::Row row : waiting)
      connection.execute("UPDATE changes SET number = ? WHERE change_id = ? AND number IS NULL",
                         {++number, row.text("change_id")});
    return waiting.size();
  });
}

}  // namespace ccms::server
