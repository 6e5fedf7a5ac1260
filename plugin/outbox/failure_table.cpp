#include "plugin/outbox/failure_table.h"

namespace ccms::plugin::outbox::failures {
namespace {

std::optional<Failure> first(const db::Rows& rows) {
  if (rows.empty()) return std::nullopt;
  const auto row = rows.front();
  return Failure{row.integer(0), {row.text(1), row.text(2), row.text(3)}};
}

}  // namespace

void record(db::Connection& connection, std::string_view event_id, std::string_view ticket_id,
            const domain::Error& problem, domain::Instant at) {
  connection.execute(
      "INSERT INTO failures (event_id, ticket_id, attempts, code, message, field, failed_at)"
      " VALUES (?, ?, 1, ?, ?, ?, ?) ON CONFLICT (event_id) DO UPDATE SET attempts = attempts + 1,"
      " code = excluded.code, message = excluded.message, field = excluded.field, failed_at = "
      "excluded.failed_at",
      {event_id, ticket_id, problem.code, problem.message, problem.field, domain::to_epoch_ms(at)});
}

void remove(db::Connection& connection, std::string_view event_id) {
  connection.execute("DELETE FROM failures WHERE event_id = ?", {event_id});
}

std::optional<Failure> find(db::Connection& connection, std::string_view event_id) {
  return first(
      connection.query("SELECT attempts, code, message, field FROM failures WHERE event_id = ?", {event_id}));
}

std::optional<Failure> of_ticket(db::Connection& connection, std::string_view ticket_id) {
  return first(
      connection.query("SELECT attempts, code, message, field FROM failures WHERE ticket_id = ?"
                       " ORDER BY failed_at DESC LIMIT 1",
                       {ticket_id}));
}

}  // namespace ccms::plugin::outbox::failures
