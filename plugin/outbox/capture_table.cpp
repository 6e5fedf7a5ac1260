#include "plugin/outbox/capture_table.h"

namespace ccms::plugin::outbox::captures {
namespace {

constexpr std::string_view kStandingColumns = "event_id, ticket_id, type, state, digest, recorded_at";

Standing standing(const db::Row& row) {
  return {row.text(0), row.text(1), row.text(2),
          row.text(3), row.blob(4), domain::from_epoch_ms(row.integer(5))};
}

std::vector<Standing> standings(const db::Rows& rows) {
  std::vector<Standing> found;
  for (const auto row : rows) found.push_back(standing(row));
  return found;
}

constexpr std::string_view kMakeUnsent =
    "UPDATE captures SET state = 'unsent' WHERE length(body) > 0 AND (state IN ('delivered', 'quarantined') "
    "OR"
    " (state = 'superseded' AND ticket_id NOT IN (SELECT ticket_id FROM tickets WHERE withdrawn = 1)))";

std::string select(std::string_view condition) {
  return "SELECT " + std::string(kStandingColumns) + " FROM captures WHERE " + std::string(condition);
}

}  // namespace

void insert(db::Connection& connection, const NewCapture& added) {
  const auto& capture = added.capture;
  connection.execute(
      "INSERT INTO captures (event_id, ticket_id, type, epoch, seq, state, recorded_at, digest, signature, "
      "body)"
      " VALUES (?, ?, ?, ?, ?, 'unsent', ?, ?, x'', ?)",
      {capture.event_id.str(), capture.ticket_id.str(), domain::to_text(capture.type()), capture.epoch,
       capture.seq, domain::to_epoch_ms(capture.wall_at),
       db::Blob{std::string(domain::bytes_view(added.digest))}, db::Blob{std::string(added.bytes)}});
}

std::vector<Unsent> next_batch(db::Connection& connection, std::size_t max_items, std::size_t max_bytes,
                               std::int64_t after) {
  const auto rows = connection.query(
      "SELECT n, event_id, ticket_id, type, digest, signature, body FROM captures WHERE"
      " state = 'unsent' AND n > ? ORDER BY n LIMIT ?",
      {after, max_items});
  std::vector<Unsent> batch;
  std::size_t size = 0;
  for (const auto row : rows) {
    size += row.blob(6).size();
    if (!batch.empty() && size > max_bytes) break;
    batch.push_back(
        {row.integer(0), row.text(1), row.text(2), row.text(3), row.blob(4), row.blob(5), row.blob(6)});
  }
  return batch;
}

bool any_unsent(db::Connection& connection) {
  return !connection.query("SELECT 1 FROM captures WHERE state = 'unsent' LIMIT 1").empty();
}

std::vector<Unsigned> not_signed(db::Connection& connection, std::int64_t epoch) {
  const auto rows = connection.query(
      "SELECT n, digest FROM captures WHERE epoch = ? AND length(signature) = 0 AND length(body) > 0",
      {epoch});
  std::vector<Unsigned> found;
  for (const auto row : rows) found.push_back({row.integer(0), row.blob(1)});
  return found;
}

void set_signature(db::Connection& connection, std::int64_t n, const crypto::Signature& signature) {
  connection.execute("UPDATE captures SET signature = ? WHERE n = ?",
                     {db::Blob{std::string(domain::bytes_view(signature))}, n});
}

std::vector<Standing> waiting(db::Connection& connection) {
  static const std::string sql = select("state = 'unsent'") + " UNION ALL " +
                                 select("state = 'quarantined'") + " ORDER BY recorded_at, event_id";
  return standings(connection.query(sql));
}

std::vector<Standing> of_ticket(db::Connection& connection, std::string_view ticket_id) {
  static const std::string sql = select("ticket_id = ?") + " ORDER BY n";
  return standings(connection.query(sql, {ticket_id}));
}

std::vector<Standing> quarantined(db::Connection& connection, std::string_view ticket_id) {
  static const std::string sql = select("state = 'quarantined' AND ticket_id = ?") + " ORDER BY n";
  return standings(connection.query(sql, {ticket_id}));
}

std::optional<Standing> find(db::Connection& connection, std::string_view event_id) {
  static const std::string sql = select("event_id = ?");
  const auto rows = connection.query(sql, {event_id});
  if (rows.empty()) return std::nullopt;
  return standing(rows.front());
}

std::optional<Standing> refused_creation(db::Connection& connection, std::string_view ticket_id) {
  static const std::string sql = select("state = 'quarantined' AND ticket_id = ? AND type = 'created'");
  const auto rows = connection.query(sql, {ticket_id});
  if (rows.empty()) return std::nullopt;
  return standing(rows.front());
}

bool creation_waits(db::Connection& connection, std::string_view ticket_id) {
  const auto unsent = connection.query(
      "SELECT 1 FROM captures WHERE state = 'unsent' AND ticket_id = ? AND type = 'created' AND superseded = "
      "0",
      {ticket_id});
  return !unsent.empty() || refused_creation(connection, ticket_id);
}

bool settlement_waits(db::Connection& connection, std::string_view ticket_id) {
  // The plus keeps SQLite to the index of settlements, which has next to nothing in it.
  const auto rows = connection.query(
      "SELECT 1 FROM captures WHERE type = 'settled' AND ticket_id = ? AND +state = 'unsent' AND superseded "
      "= "
      "0 LIMIT 1",
      {ticket_id});
  return !rows.empty();
}

std::optional<Standing> find(db::Connection& connection, std::int64_t n) {
  static const std::string sql = select("n = ?");
  const auto rows = connection.query(sql, {n});
  if (rows.empty()) return std::nullopt;
  return standing(rows.front());
}

std::string bytes(db::Connection& connection, std::string_view event_id) {
  const auto rows = connection.query("SELECT body FROM captures WHERE event_id = ?", {event_id});
  return rows.empty() ? std::string() : rows.front().blob(0);
}

Counts count(db::Connection& connection) {
  const auto unsent = connection.query(
      "SELECT COUNT(*) AS n, MIN(recorded_at) AS oldest FROM captures WHERE state = 'unsent'");
  const auto quarantined = connection.query("SELECT COUNT(*) AS n FROM captures WHERE state = 'quarantined'");
  Counts counts;
  counts.unsent = unsent.front().integer(0);
  counts.quarantined = quarantined.front().integer(0);
  if (const auto oldest = unsent.front().optional_integer(1))
    counts.oldest_unsent_at = domain::from_epoch_ms(*oldest);
  return counts;
}

void mark_delivered(db::Connection& connection, std::int64_t n, domain::Instant at) {
  connection.execute("UPDATE captures SET state = 'delivered', delivered_at = ? WHERE n = ?",
                     {domain::to_epoch_ms(at), n});
}

void quarantine(db::Connection& connection, std::int64_t n) {
  connection.execute(
      "UPDATE captures SET state = CASE superseded WHEN 1 THEN 'superseded' ELSE 'quarantined' END WHERE n = "
      "?",
      {n});
}

void supersede(db::Connection& connection, std::string_view event_id) {
  connection.execute(
      "UPDATE captures SET state = CASE state WHEN 'unsent' THEN 'unsent' ELSE 'superseded' END,"
      " superseded = 1 WHERE event_id = ?",
      {event_id});
}

std::int64_t resend_all(db::Connection& connection) { return connection.execute(kMakeUnsent); }

std::int64_t resend(db::Connection& connection, std::int64_t epoch, std::int64_t from, std::int64_t to) {
  static const std::string sql = std::string(kMakeUnsent) + " AND epoch = ? AND seq BETWEEN ? AND ?";
  return connection.execute(sql, {epoch, from, to});
}

void wipe_settled(db::Connection& connection, std::string_view ticket_id) {
  connection.execute(
      "UPDATE captures SET body = x'', signature = x'' WHERE ticket_id = ? AND"
      " state IN ('delivered', 'superseded')",
      {ticket_id});
}

void purge_delivered(db::Connection& connection, domain::Instant limit) {
  static const std::string sql = "DELETE FROM captures WHERE " + std::string(kSettledBefore) +
                                 " AND n NOT IN (SELECT creation FROM tickets WHERE creation IS NOT NULL)";
  connection.execute(sql, {domain::to_epoch_ms(limit)});
}

}  // namespace ccms::plugin::outbox::captures
