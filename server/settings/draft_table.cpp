#include "server/settings/draft_table.h"

#include "core/crypto/digest.h"
#include "server/settings/document_parts.h"

namespace ccms::server {
namespace {

/// There is one draft for the chain; the key is there so that the database keeps it one.
constexpr const char* kName = "next";
constexpr std::size_t kEtagSymbols = 32;

}  // namespace

std::string Draft::etag() const {
  return '"' + std::to_string(based_on) + '-' + digest.substr(0, kEtagSymbols) + '"';
}

std::optional<Draft> DraftTable::load() {
  const auto rows = connection_.query(
      "SELECT based_on, digest, updated_at, updated_by FROM settings_drafts WHERE name = ?", {kName});
  if (rows.empty()) return std::nullopt;
  const db::Row row = rows.front();
  Draft draft{"", row.integer("based_on"), row.text("digest"), from_epoch_ms(row.integer("updated_at")),
              row.text("updated_by")};
  const auto parts =
      connection_.query("SELECT body FROM settings_draft_parts WHERE name = ? ORDER BY part", {kName});
  for (const db::Row part : parts) draft.document += part.blob("body");
  return draft;
}

Draft DraftTable::save(Draft draft, Instant now) {
  draft.digest = crypto::sha256_hex(draft.document);
  draft.updated_at = now;
  remove();
  connection_.execute(
      "INSERT INTO settings_drafts (name, based_on, digest, updated_at, updated_by) VALUES (?, ?, ?, ?, ?)",
      {kName, draft.based_on, draft.digest, to_epoch_ms(now), draft.updated_by});
  std::int64_t number = 0;
  for (const auto part : parts_of(draft.document))
    connection_.execute("INSERT INTO settings_draft_parts (name, part, body) VALUES (?, ?, ?)",
                        {kName, number++, db::Blob{std::string(part)}});
  return draft;
}

void DraftTable::remove() {
  connection_.execute("DELETE FROM settings_draft_parts WHERE name = ?", {kName});
  connection_.execute("DELETE FROM settings_drafts WHERE name = ?", {kName});
}

}  // namespace ccms::server
