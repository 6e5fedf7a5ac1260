#pragma once

#include <optional>
#include <string>

#include "core/db/connection.h"
#include "server/app/clock.h"
#include "server/http/message.h"

namespace ccms::server {

/// An answer that was given under an idempotency key, and a digest of the request that it answered.
struct StoredAnswer {
  std::string request_digest;
  Response response;
};

/// Answers by principal and key. Every function throws db::DbError and belongs into the transaction of the
/// change that the answer is about.
class IdempotencyStore {
 public:
  explicit IdempotencyStore(db::Connection& connection) : connection_(connection) {}

  std::optional<StoredAnswer> find(const std::string& principal, const std::string& key);
  /// Throws db::DbError(unique_violation) while another request has the key.
  void reserve(const std::string& principal, const std::string& key, const std::string& request_digest,
               Instant now);
  /// The answer of a reserved key.
  void complete(const std::string& principal, const std::string& key, const Response& response);
  /// Forgets answers from before `limit`; returns how many.
  std::int64_t remove_before(Instant limit);

 private:
  db::Connection& connection_;
};

}  // namespace ccms::server
