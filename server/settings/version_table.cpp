#include "server/settings/version_table.h"

#include <algorithm>

#include "server/settings/document_parts.h"

namespace ccms::server {
namespace {

std::optional<Instant> instant_of(const std::optional<std::int64_t>& ms) {
  return ms ? std::optional(from_epoch_ms(*ms)) : std::nullopt;
}

std::optional<std::int64_t> ms_of(const std::optional<Instant>& instant) {
  return instant ? std::optional(to_epoch_ms(*instant)) : std::nullopt;
}

VersionRecord record_of(const db::Row& row) {
  VersionRecord record;
  record.version = row.integer("version");
  record.digest = row.text("digest");
  record.published_at = from_epoch_ms(row.integer("published_at"));
  record.published_by = row.text("published_by");
  record.note = row.optional_text("note").value_or("");
  record.in_force_at = instant_of(row.optional_integer("in_force_at"));
  return record;
}

}  // namespace

std::vector<VersionRecord> VersionTable::read(const std::string& condition, const db::Params& params) {
  std::vector<VersionRecord> records;
  const auto rows = connection_.query(
      "SELECT version, digest, published_at, published_by, note, in_force_at FROM settings_versions " +
          condition,
      params);
  for (const db::Row row : rows) records.push_back(record_of(row));
  for (auto& record : records) record.rollouts = rollouts_of(record.version);
  return records;
}

std::optional<VersionRecord> VersionTable::lock_newest() {
  // The first version's row: it is there for ever, while the newest one is another for whoever waited.
  connection_.query("SELECT version FROM settings_versions ORDER BY version LIMIT 1" +
                    std::string(connection_.dialect().for_update()));
  auto records = read("ORDER BY version DESC LIMIT 1", {});
  return records.empty() ? std::nullopt : std::optional(std::move(records.front()));
}

std::int64_t VersionTable::in_force() {
  return connection_
      .query(
          "SELECT COALESCE(MAX(version), 0) AS newest FROM settings_versions WHERE in_force_at IS NOT NULL")
      .front()
      .integer("newest");
}

std::optional<VersionRecord> VersionTable::find(std::int64_t version) {
  auto records = read("WHERE version = ?", {version});
  return records.empty() ? std::nullopt : std::optional(std::move(records.front()));
}

std::vector<VersionRecord> VersionTable::page(std::optional<std::int64_t> before, std::int64_t limit) {
  if (!before) return read("ORDER BY version DESC LIMIT ?", {limit});
  return read("WHERE version < ? ORDER BY version DESC LIMIT ?", {*before, limit});
}

std::string VersionTable::document(std::int64_t version) {
  std::string document;
  const auto rows =
      connection_.query("SELECT body FROM settings_parts WHERE version = ? ORDER BY part", {version});
  for (const db::Row row : rows) document += row.blob("body");
  return document;
}

void VersionTable::insert(const VersionRecord& record, std::string_view document) {
  const auto note = record.note.empty() ? std::nullopt : std::optional(record.note);
  connection_.execute(
      "INSERT INTO settings_versions (version, digest, published_at, published_by, note, in_force_at) "
      "VALUES (?, ?, ?, ?, ?, ?)",
      {record.version, record.digest, to_epoch_ms(record.published_at), record.published_by, note,
       ms_of(record.in_force_at)});
  std::int64_t number = 0;
  for (const auto part : parts_of(document))
    connection_.execute("INSERT INTO settings_parts (version, part, body) VALUES (?, ?, ?)",
                        {record.version, number++, db::Blob{std::string(part)}});
}

void VersionTable::put_in_force(std::int64_t version, Instant now) {
  connection_.execute("UPDATE settings_versions SET in_force_at = ? WHERE version = ?",
                      {to_epoch_ms(now), version});
}

void VersionTable::roll_out(std::int64_t version, const std::vector<std::string>& stores,
                            const std::string& by, Instant now) {
  for (const auto& store : stores) {
    const auto rows = connection_.query(
        "SELECT ended_at FROM settings_rollouts WHERE version = ? AND store = ?", {version, store});
    if (!rows.empty() && rows.front().is_null("ended_at")) continue;
    if (!rows.empty())
      connection_.execute("DELETE FROM settings_rollouts WHERE version = ? AND store = ?", {version, store});
    connection_.execute(
        "INSERT INTO settings_rollouts (version, store, started_at, started_by) VALUES (?, ?, ?, ?)",
        {version, store, to_epoch_ms(now), by});
  }
}

std::int64_t VersionTable::end_rollout(std::int64_t version, const std::vector<std::string>& stores,
                                       Instant now) {
  if (stores.empty())
    return connection_.execute(
        "UPDATE settings_rollouts SET ended_at = ? WHERE version = ? AND ended_at IS NULL",
        {to_epoch_ms(now), version});
  std::int64_t ended = 0;
  for (const auto& store : stores)
    ended += connection_.execute(
        "UPDATE settings_rollouts SET ended_at = ? WHERE version = ? AND store = ? AND ended_at IS NULL",
        {to_epoch_ms(now), version, store});
  return ended;
}

std::map<std::string, std::int64_t> VersionTable::staged(std::int64_t in_force) {
  std::map<std::string, std::int64_t> staged;
  const auto rows = connection_.query(
      "SELECT store, MAX(version) AS newest FROM settings_rollouts WHERE version > ? AND ended_at IS NULL "
      "GROUP BY store",
      {in_force});
  for (const db::Row row : rows) staged.emplace(row.text("store"), row.integer("newest"));
  return staged;
}

std::vector<Rollout> VersionTable::rollouts_of(std::int64_t version) {
  std::vector<Rollout> rollouts;
  const auto rows = connection_.query(
      "SELECT store, started_at, started_by, ended_at FROM settings_rollouts WHERE version = ? "
      "ORDER BY started_at, started_by, ended_at, store",
      {version});
  for (const db::Row row : rows) {
    const Rollout mine{{},
                       from_epoch_ms(row.integer("started_at")),
                       row.text("started_by"),
                       instant_of(row.optional_integer("ended_at"))};
    const bool same = !rollouts.empty() && rollouts.back().started_at == mine.started_at &&
                      rollouts.back().started_by == mine.started_by &&
                      rollouts.back().ended_at == mine.ended_at;
    if (!same) rollouts.push_back(mine);
    rollouts.back().stores.push_back(row.text("store"));
  }
  return rollouts;
}

}  // namespace ccms::server
