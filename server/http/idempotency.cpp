#include "server/http/idempotency.h"

#include <algorithm>
#include <optional>
#include <string>

#include "core/crypto/digest.h"
#include "core/db/transaction.h"
#include "server/http/problem.h"
#include "server/store/idempotency_store.h"

namespace ccms::server {
namespace {

constexpr std::size_t kLongestKey = 128;

/// What a transaction came to; not ok() rolls back.
struct Attempt {
  Response response;
  bool keep = false;
  bool ok() const { return keep; }
};

std::string principal_key(const Principal& principal) {
  return (principal.kind == Principal::Kind::client ? "client:" : "staff:") + principal.id;
}

bool is_usable(const std::string& key) {
  return !key.empty() && key.size() <= kLongestKey &&
         std::all_of(key.begin(), key.end(), [](char byte) { return byte > 0x20 && byte < 0x7f; });
}

Response key_problem(int status, const char* code, const char* message) {
  return problem(status, domain::Error{code, message, ""});
}

Response replay(const StoredAnswer& answer, const std::string& digest) {
  if (answer.request_digest != digest)
    return key_problem(422, "idempotency_key_reused", "this Idempotency-Key belongs to another request");
  Response response = answer.response;
  response.with_header("Idempotent-Replayed", "true");
  return response;
}

class OnceUnderKey {
 public:
  OnceUnderKey(const Services& services, const Request& request, std::string key, const Change& change)
      : services_(services),
        change_(change),
        principal_(principal_key(request.principal)),
        key_(std::move(key)),
        digest_(crypto::sha256_hex(request.method + "\n" + request.target + "\n" + request.body)) {}

  Response run() {
    // Of two requests with one key, one finds the key taken when it reserves it: then the other's answer is
    // there.
    for (int attempt = 0; attempt < 2; ++attempt) {
      try {
        const Attempt first = db::with_transaction(
            services_.database, [&](db::Connection& connection) { return answered(connection, change_); });
        if (first.keep || first.response.status >= 500) return first.response;
        const Change refuse = [&](db::Connection&) { return first.response; };
        return db::with_transaction(services_.database,
                                    [&](db::Connection& connection) {
                                      Attempt refusal = answered(connection, refuse);
                                      refusal.keep = true;
                                      return refusal;
                                    })
            .response;
      } catch (const db::DbError& error) {
        if (error.kind() != db::ErrorKind::unique_violation || !key_is_taken()) throw;
      }
    }
    return key_problem(409, "request_in_progress", "a request with this Idempotency-Key is being worked on");
  }

 private:
  Attempt answered(db::Connection& connection, const Change& change) const {
    IdempotencyStore store(connection);
    if (const auto earlier = store.find(principal_, key_)) return {replay(*earlier, digest_), true};
    store.reserve(principal_, key_, digest_, services_.clock.now());
    Attempt attempt{change(connection), false};
    attempt.keep = attempt.response.status < 400;
    if (attempt.response.status < 500) store.complete(principal_, key_, attempt.response);
    return attempt;
  }

  bool key_is_taken() const {
    const db::Lease reader = services_.database.reader();
    return IdempotencyStore(*reader).find(principal_, key_).has_value();
  }

  const Services& services_;
  const Change& change_;
  const std::string principal_;
  const std::string key_;
  const std::string digest_;
};

}  // namespace

Response change_once(const Services& services, const Request& request, IdempotencyKey use,
                     const Change& change) {
  const std::optional<std::string> key = request.header("Idempotency-Key");
  if (!key) {
    if (use == IdempotencyKey::required)
      return key_problem(400, "idempotency_key_missing", "the header Idempotency-Key is required here");
    return db::with_transaction(services.database,
                                [&](db::Connection& connection) {
                                  Attempt attempt{change(connection), false};
                                  attempt.keep = attempt.response.status < 400;
                                  return attempt;
                                })
        .response;
  }
  if (!is_usable(*key))
    return key_problem(400, "bad_idempotency_key",
                       "an Idempotency-Key has 1 to 128 printable ASCII characters");
  return OnceUnderKey(services, request, *key, change).run();
}

Response refuse_once(const Services& services, const Request& request, IdempotencyKey use,
                     const Response& refusal) {
  return change_once(services, request, use, [&](db::Connection&) { return refusal; });
}

}  // namespace ccms::server
