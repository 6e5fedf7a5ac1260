#include "server/store/idempotency_store.h"

#include <algorithm>

namespace ccms::server {
namespace {

constexpr std::size_t kPartBytes = 60000;  // a column holds 64 kB

std::optional<std::string> header_of(const Response& response, std::string_view name) {
  const auto found = std::find_if(response.headers.begin(), response.headers.end(),
                                  [&](const auto& header) { return header.first == name; });
  return found == response.headers.end() ? std::nullopt : std::optional(found->second);
}

}  // namespace

std::optional<StoredAnswer> IdempotencyStore::find(const std::string& principal, const std::string& key) {
  const db::Rows rows = connection_.query(
      "SELECT request_digest, status, content_type, location, etag FROM idempotency_keys "
      "WHERE principal = ? AND idempotency_key = ?",
      {principal, key});
  if (rows.empty()) return std::nullopt;
  const db::Row row = rows.front();
  StoredAnswer answer;
  answer.request_digest = row.text("request_digest");
  answer.response.status = static_cast<int>(row.integer("status"));
  answer.response.content_type = row.text("content_type");
  if (const auto location = row.optional_text("location")) answer.response.with_header("Location", *location);
  if (const auto etag = row.optional_text("etag")) answer.response.with_header("ETag", *etag);
  for (const db::Row part : connection_.query(
           "SELECT body FROM idempotency_parts WHERE principal = ? AND idempotency_key = ? ORDER BY part",
           {principal, key}))
    answer.response.body += part.blob("body");
  return answer;
}

void IdempotencyStore::reserve(const std::string& principal, const std::string& key,
                               const std::string& request_digest, Instant now) {
  connection_.execute(
      "INSERT INTO idempotency_keys (principal, idempotency_key, request_digest, status, content_type, "
      "created_at) "
      "VALUES (?, ?, ?, 0, '', ?)",
      {principal, key, request_digest, to_epoch_ms(now)});
}

void IdempotencyStore::complete(const std::string& principal, const std::string& key,
                                const Response& response) {
  connection_.execute(
      "UPDATE idempotency_keys SET status = ?, content_type = ?, location = ?, etag = ? "
      "WHERE principal = ? AND idempotency_key = ?",
      {response.status, response.content_type, header_of(response, "Location"), header_of(response, "ETag"),
       principal, key});
  std::int64_t part = 0;
  for (std::size_t begin = 0; begin < response.body.size(); begin += kPartBytes) {
    connection_.execute(
        "INSERT INTO idempotency_parts (principal, idempotency_key, part, body) VALUES (?, ?, ?, ?)",
        {principal, key, part++, db::Blob{response.body.substr(begin, kPartBytes)}});
  }
}

std::int64_t IdempotencyStore::remove_before(Instant limit) {
  connection_.execute(
      "DELETE FROM idempotency_parts WHERE EXISTS (SELECT 1 FROM idempotency_keys k WHERE k.created_at < ? "
      "AND "
      "k.principal = idempotency_parts.principal AND k.idempotency_key = idempotency_parts.idempotency_key)",
      {to_epoch_ms(limit)});
  return connection_.execute("DELETE FROM idempotency_keys WHERE created_at < ?", {to_epoch_ms(limit)});
}

}  // namespace ccms::server
