#include "server/verification/check_schedule.h"

#include <algorithm>

#include "core/domain/enum_text.h"
#include "server/store/active_tickets.h"

namespace ccms::server {
namespace {

constexpr std::chrono::minutes kFirstPause{1};
/// Books come once a night: four looks a day find them by the morning.
constexpr std::chrono::minutes kLongestPause{std::chrono::hours(6)};

std::chrono::minutes pause_after(std::int64_t attempts) {
  constexpr std::int64_t kDoublings = 10;  // beyond, the longest pause holds anyway
  return std::min(kFirstPause * (std::int64_t{1} << std::min(attempts, kDoublings)), kLongestPause);
}

}  // namespace

void stop_waiting(db::Connection& connection, const std::string& ticket_id) {
  connection.execute("DELETE FROM purchase_checks WHERE ticket_id = ?", {ticket_id});
}

void schedule_check(db::Connection& connection, const std::string& ticket_id, workflow::Verification state,
                    Instant now) {
  stop_waiting(connection, ticket_id);
  if (state != workflow::Verification::pending) return;
  connection.execute("INSERT INTO purchase_checks (ticket_id, due_at, attempts) VALUES (?, ?, 0)",
                     {ticket_id, to_epoch_ms(now)});
}

std::vector<DueCheck> due_checks(db::Connection& connection, Instant now, std::int64_t limit) {
  const auto rows = connection.query(
      "SELECT ticket_id, due_at, attempts FROM purchase_checks WHERE due_at <= ? "
      "ORDER BY due_at, ticket_id LIMIT ?",
      {to_epoch_ms(now), limit});
  std::vector<DueCheck> due;
  for (const auto& row : rows)
    due.push_back({row.text("ticket_id"), row.integer("due_at"), row.integer("attempts")});
  return due;
}

bool take_due_check(db::Connection& connection, const DueCheck& check, Instant now) {
  return connection.execute(
             "UPDATE purchase_checks SET due_at = ?, attempts = ? WHERE ticket_id = ? AND due_at = ?",
             {to_epoch_ms(now + pause_after(check.attempts)), check.attempts + 1, check.ticket_id,
              check.due_at}) == 1;
}

std::int64_t make_imported_due(db::Connection& connection, Instant imported_at) {
  const auto rows = connection.query(
      "SELECT t.ticket_id FROM ledger_transactions l JOIN tickets t "
      "ON t.transaction_id = l.transaction_id AND t.transaction_store = l.store "
      "WHERE l.imported_at = ? AND t.verification IN ('pending', 'unverified', 'mismatch') "
      "AND " +
          kIsActiveInEarnest,
      {to_epoch_ms(imported_at)});
  for (const auto& row : rows) {
    stop_waiting(connection, row.text(0));
    connection.execute("INSERT INTO purchase_checks (ticket_id, due_at, attempts) VALUES (?, ?, 0)",
                       {row.text(0), to_epoch_ms(imported_at)});
  }
  return static_cast<std::int64_t>(rows.size());
}

}  // namespace ccms::server
