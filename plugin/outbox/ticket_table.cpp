#include "plugin/outbox/ticket_table.h"

#include "plugin/outbox/capture_table.h"

namespace ccms::plugin::outbox::tickets {
namespace {

constexpr std::string_view kSelect =
    "SELECT tickets.ticket_id, code, created_at, settings_version, confidential, training, withdrawn, "
    "delivery,"
    " purchase, form_id, creation, content, captures.body FROM tickets"
    " LEFT JOIN captures ON captures.n = creation AND content IS NULL";

Ticket ticket(const db::Row& row) {
  Ticket found;
  found.ticket_id = domain::TicketId(row.text(0));
  found.code = row.text(1);
  found.created_at = domain::from_epoch_ms(row.integer(2));
  found.settings_version = row.integer(3);
  found.confidential = row.boolean(4);
  found.training = row.boolean(5);
  found.withdrawn = row.boolean(6);
  found.delivery = row.text(7);
  found.purchase = row.optional_text(8);
  found.form_id = row.optional_text(9).value_or("");
  found.creation = row.optional_integer(10);
  found.content = row.optional_text(11);
  if (!found.content) found.creation_bytes = row.optional_text(12).value_or("");
  return found;
}

std::optional<Ticket> first(const db::Rows& rows) {
  if (rows.empty()) return std::nullopt;
  return ticket(rows.front());
}

std::string select(std::string_view rest) { return std::string(kSelect) + std::string(rest); }

}  // namespace

std::optional<std::string> purchase_key(const domain::TicketContent& content) {
  if (!content.transaction) return std::nullopt;
  return content.transaction->store.str() + "/" + content.transaction->id;
}

void insert(db::Connection& connection, TicketKeys& keys, const Ticket& added) {
  keys.add(added.form_id);
  if (added.purchase) keys.add(*added.purchase);
  connection.execute(
      "INSERT INTO tickets (ticket_id, code, created_at, settings_version, confidential, training, withdrawn,"
      " delivery, purchase, form_id, creation) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, last_insert_rowid())",
      {added.ticket_id.str(), added.code, domain::to_epoch_ms(added.created_at), added.settings_version,
       added.confidential, added.training, added.withdrawn, added.delivery, added.purchase, added.form_id});
}

std::optional<Ticket> find(db::Connection& connection, std::string_view ticket_id) {
  static const std::string sql = select(" WHERE tickets.ticket_id = ?");
  return first(connection.query(sql, {ticket_id}));
}

std::optional<Ticket> find_by_code(db::Connection& connection, std::string_view code) {
  static const std::string sql = select(" WHERE code = ?");
  return first(connection.query(sql, {code}));
}

std::optional<Ticket> find_by_form(db::Connection& connection, const TicketKeys& keys,
                                   std::string_view form_id) {
  if (!keys.perhaps_has(form_id)) return std::nullopt;
  static const std::string sql = select(" WHERE form_id = ?");
  return first(connection.query(sql, {form_id}));
}

std::vector<Ticket> list(db::Connection& connection, std::size_t limit) {
  // Ticket ids are UUIDs that sort by time.
  static const std::string sql = select(" ORDER BY tickets.ticket_id DESC LIMIT ?");
  std::vector<Ticket> found;
  const auto rows = connection.query(sql, {limit});
  for (const auto row : rows) found.push_back(ticket(row));
  return found;
}

std::optional<Ticket> find_open_on_purchase(db::Connection& connection, const TicketKeys& keys,
                                            const std::string& purchase, bool training) {
  if (!keys.perhaps_has(purchase)) return std::nullopt;
  static const std::string sql = select(
      " WHERE purchase = ? AND training = ? AND withdrawn = 0 AND NOT EXISTS (SELECT 1 FROM updates WHERE"
      " updates.ticket_id = tickets.ticket_id AND state_type IN ('closed', 'invalid'))"
      " AND NOT EXISTS (SELECT 1 FROM captures AS events WHERE events.type = 'settled' AND"
      " events.ticket_id = tickets.ticket_id AND +events.state = 'unsent') LIMIT 1");
  return first(connection.query(sql, {purchase, training}));
}

void set_content(db::Connection& connection, TicketKeys& keys, const Ticket& changed) {
  if (changed.purchase) keys.add(*changed.purchase);
  connection.execute("UPDATE tickets SET content = ?, purchase = ?, confidential = ? WHERE ticket_id = ?",
                     {changed.content, changed.purchase, changed.confidential, changed.ticket_id.str()});
}

void set_withdrawn(db::Connection& connection, std::string_view ticket_id) {
  connection.execute("UPDATE tickets SET withdrawn = 1 WHERE ticket_id = ?", {ticket_id});
}

void set_confidential(db::Connection& connection, std::string_view ticket_id) {
  connection.execute("UPDATE tickets SET confidential = 1 WHERE ticket_id = ?", {ticket_id});
}

void set_code(db::Connection& connection, std::string_view ticket_id, const std::string& code) {
  connection.execute("UPDATE tickets SET code = ? WHERE ticket_id = ?", {code, ticket_id});
}

void refresh_delivery(db::Connection& connection, std::string_view ticket_id) {
  connection.execute(
      // Each question goes to the small index of its state, never through all captures: the UI thread waits.
      "UPDATE tickets SET delivery = CASE"
      " WHEN EXISTS (SELECT 1 FROM captures WHERE captures.state = 'quarantined'"
      " AND captures.ticket_id = tickets.ticket_id) THEN 'quarantined'"
      " WHEN EXISTS (SELECT 1 FROM captures WHERE captures.state = 'unsent'"
      " AND captures.ticket_id = tickets.ticket_id) THEN 'unsent'"
      " ELSE 'delivered' END WHERE ticket_id = ?",
      {ticket_id});
}

void wipe_content(db::Connection& connection, std::string_view ticket_id) {
  connection.execute("UPDATE tickets SET content = '', purchase = NULL WHERE ticket_id = ?", {ticket_id});
}

void purge_settled(db::Connection& connection, domain::Instant limit) {
  static const std::string sql =
      "DELETE FROM tickets WHERE created_at < ? AND ticket_id NOT IN (SELECT ticket_id FROM captures WHERE "
      "NOT " +
      std::string(captures::kSettledBefore) + ")";
  connection.execute(sql, {domain::to_epoch_ms(limit), domain::to_epoch_ms(limit)});
}

}  // namespace ccms::plugin::outbox::tickets
