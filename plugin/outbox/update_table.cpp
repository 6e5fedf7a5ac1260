#include "plugin/outbox/update_table.h"

#include <string>

namespace ccms::plugin::outbox::updates {
namespace {

// One update is kept as a changes reply of its own: its JSON then has one writer and one reader, those of the
// wire.
std::string to_text(const wire::TicketUpdate& update) {
  wire::ChangesReply reply;
  reply.updates.push_back(update);
  return wire::build(reply);
}

std::optional<wire::TicketUpdate> from_text(const std::string& text) {
  const auto reply = wire::parse_changes_reply(text);
  if (!reply || reply->updates.empty()) return std::nullopt;
  return reply->updates.front();
}

}  // namespace

void save(db::Connection& connection, const wire::TicketUpdate& update) {
  connection.execute(
      "INSERT INTO updates (ticket_id, version, ready_to_collect, state_type, summary) VALUES (?, ?, ?, ?, ?)"
      " ON CONFLICT (ticket_id) DO UPDATE SET version = excluded.version, ready_to_collect = "
      "excluded.ready_to_collect,"
      " state_type = excluded.state_type, summary = excluded.summary WHERE excluded.version >= version",
      {update.ticket_id.str(), update.version, update.ready_to_collect, domain::to_text(update.state.type),
       to_text(update)});
}

std::optional<wire::TicketUpdate> find(db::Connection& connection, std::string_view ticket_id) {
  const auto rows = connection.query("SELECT summary FROM updates WHERE ticket_id = ?", {ticket_id});
  if (rows.empty()) return std::nullopt;
  return from_text(rows.front().text(0));
}

std::vector<wire::TicketUpdate> ready_of_others(db::Connection& connection) {
  const auto rows = connection.query(
      "SELECT summary FROM updates WHERE ready_to_collect = 1 AND ticket_id NOT IN (SELECT ticket_id FROM "
      "tickets)",
      {});
  std::vector<wire::TicketUpdate> updates;
  for (const auto& row : rows) {
    if (auto update = from_text(row.text(0))) updates.push_back(std::move(*update));
  }
  return updates;
}

void forget(db::Connection& connection, std::string_view ticket_id) {
  connection.execute("DELETE FROM updates WHERE ticket_id = ?", {ticket_id});
}

void forget_all(db::Connection& connection) { connection.execute("DELETE FROM updates"); }

void purge_finished(db::Connection& connection, domain::Instant limit) {
  // RFC 3339 in UTC sorts as text.
  connection.execute(
      "DELETE FROM updates WHERE state_type IN ('closed', 'invalid') AND"
      " json_extract(summary, '$.updates[0].updated_at') < ? AND"
      " ticket_id NOT IN (SELECT ticket_id FROM tickets)",
      {domain::format_rfc3339(limit)});
}

std::int64_t count_ready_to_collect(db::Connection& connection) {
  const auto rows = connection.query(
      "SELECT COUNT(*) AS n FROM updates WHERE ready_to_collect = 1 AND NOT EXISTS (SELECT 1 FROM tickets"
      " WHERE tickets.ticket_id = updates.ticket_id AND training = 1)");
  return rows.front().integer(0);
}

}  // namespace ccms::plugin::outbox::updates
