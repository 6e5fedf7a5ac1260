#include "plugin/outbox/departure_table.h"

namespace ccms::plugin::outbox::departures {

void note(db::Connection& connection, std::string_view ticket_id, domain::Instant at) {
  connection.execute(
      "INSERT INTO departures (ticket_id, noted_at) VALUES (?, ?)"
      " ON CONFLICT (ticket_id) DO UPDATE SET noted_at = excluded.noted_at",
      {ticket_id, domain::to_epoch_ms(at)});
}

bool has(db::Connection& connection, std::string_view ticket_id) {
  return !connection.query("SELECT 1 FROM departures WHERE ticket_id = ?", {ticket_id}).empty();
}

void forget(db::Connection& connection, std::string_view ticket_id) {
  connection.execute("DELETE FROM departures WHERE ticket_id = ?", {ticket_id});
}

void purge(db::Connection& connection, domain::Instant limit) {
  connection.execute(
      "DELETE FROM departures WHERE noted_at < ? AND ticket_id NOT IN (SELECT ticket_id FROM captures)",
      {domain::to_epoch_ms(limit)});
}

}  // namespace ccms::plugin::outbox::departures
