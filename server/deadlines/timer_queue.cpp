#include "server/deadlines/timer_queue.h"

namespace ccms::server {

const std::string_view kDueTimersSql =
    "SELECT ticket_id, due_at FROM ticket_timers WHERE due_at <= ? ORDER BY due_at, ticket_id LIMIT ?";

void set_timer(db::Connection& connection, const std::string& ticket_id, std::optional<Instant> due_at) {
  if (!due_at) {
    connection.execute("DELETE FROM ticket_timers WHERE ticket_id = ?", {ticket_id});
    return;
  }
  static const std::string insert = "INSERT INTO ticket_timers (ticket_id, due_at) VALUES (?, ?) ";
  connection.execute(insert + connection.dialect().upsert("ticket_id", {"due_at"}),
                     {ticket_id, to_epoch_ms(*due_at)});
}

std::vector<DueTimer> due_timers(db::Connection& connection, Instant now, std::int64_t limit) {
  const auto rows = connection.query(kDueTimersSql, {to_epoch_ms(now), limit});
  std::vector<DueTimer> due;
  for (const auto& row : rows) due.push_back({row.text("ticket_id"), row.integer("due_at")});
  return due;
}

bool claim_timer(db::Connection& connection, const DueTimer& timer, Instant lease_until) {
  return connection.execute("UPDATE ticket_timers SET due_at = ? WHERE ticket_id = ? AND due_at = ?",
                            {to_epoch_ms(lease_until), timer.ticket_id, timer.due_at}) == 1;
}

}  // namespace ccms::server
