#include "server/tills/till_records.h"

#include "core/crypto/digest.h"

namespace ccms::server {
namespace {

/// Our own column: other bytes mean a damaged database.
crypto::PublicKey key_from(const std::string& base64) {
  const auto bytes = crypto::base64_decode(base64);
  return domain::to_array<32>(bytes.value()).value();
}

TillRecord read_till(const db::Row& row) {
  return {row.text("till"), row.text("store"), row.boolean("enabled"), row.integer("epoch"),
          row.integer("generation")};
}

}  // namespace

std::optional<TillRecord> find_till(db::Connection& connection, const std::string& till) {
  const auto rows =
      connection.query("SELECT till, store, enabled, epoch, generation FROM tills WHERE till = ?", {till});
  if (rows.empty()) return std::nullopt;
  return read_till(rows.front());
}

std::vector<TillOverview> all_tills(db::Connection& connection) {
  std::vector<TillOverview> tills;
  for (const db::Row row : connection.query(
           "SELECT till, store, enabled, epoch, generation, last_sync_at FROM tills ORDER BY till")) {
    TillOverview till{read_till(row), std::nullopt};
    if (const auto last = row.optional_integer("last_sync_at")) till.last_sync_at = from_epoch_ms(*last);
    tills.push_back(std::move(till));
  }
  return tills;
}

std::optional<TillRecord> set_till_enabled(db::Connection& connection, const std::string& till,
                                           bool enabled) {
  auto known = find_till(connection, till);
  if (known) connection.execute("UPDATE tills SET enabled = ? WHERE till = ?", {enabled ? 1 : 0, till});
  return known;
}

std::optional<TillKey> find_till_key(db::Connection& connection, const std::string& till,
                                     std::int64_t epoch) {
  const auto rows = connection.query(
      "SELECT public_key, retired_at, revoked_at FROM till_keys WHERE till = ? AND epoch = ?", {till, epoch});
  if (rows.empty()) return std::nullopt;
  const auto row = rows.front();
  return TillKey{key_from(row.text("public_key")), !row.is_null("retired_at"), !row.is_null("revoked_at")};
}

void revoke_retired_keys(db::Connection& connection, const std::string& till, Instant now) {
  connection.execute(
      "UPDATE till_keys SET revoked_at = ? WHERE till = ? AND retired_at IS NOT NULL AND revoked_at IS NULL",
      {to_epoch_ms(now), till});
}

std::map<std::int64_t, crypto::PublicKey> till_keys(db::Connection& connection, const std::string& till) {
  std::map<std::int64_t, crypto::PublicKey> keys;
  const auto rows = connection.query("SELECT epoch, public_key FROM till_keys WHERE till = ?", {till});
  for (const auto& row : rows) keys.emplace(row.integer("epoch"), key_from(row.text("public_key")));
  return keys;
}

TillRecord start_epoch(db::Connection& connection, const TillRecord& till, const crypto::PublicKey& key,
                       Instant now) {
  const auto newest =
      connection.query("SELECT COALESCE(MAX(epoch), 0) AS epoch FROM till_keys WHERE till = ?", {till.till});
  TillRecord started = till;
  started.epoch = newest.front().integer("epoch") + 1;
  started.generation = 1;
  const auto at = to_epoch_ms(now);
  connection.execute("UPDATE till_keys SET retired_at = ? WHERE till = ? AND retired_at IS NULL",
                     {at, till.till});
  connection.execute(
      "INSERT INTO till_keys (till, epoch, public_key, contiguous_seq, created_at, retired_at) "
      "VALUES (?, ?, ?, 0, ?, NULL)",
      {till.till, started.epoch, crypto::base64_encode(domain::bytes_view(key)), at});
  connection.execute("UPDATE tills SET epoch = ?, generation = ? WHERE till = ?",
                     {started.epoch, started.generation, till.till});
  return started;
}

}  // namespace ccms::server
