#include "server/tills/till_authenticator.h"

#include <charconv>
#include <nlohmann/json.hpp>
#include <optional>

#include "core/crypto/digest.h"
#include "core/crypto/ed25519.h"
#include "core/db/transaction.h"
#include "core/wire/signing.h"
#include "server/http/problem.h"
#include "server/tills/till_records.h"

namespace ccms::server {
namespace {

constexpr std::chrono::seconds kAcceptedSkew{300};
constexpr std::size_t kShortestNonce = 2 * wire::kNonceBytes;
constexpr std::size_t kLongestNonce = 128;

std::optional<std::int64_t> integer(const std::string& text) {
  std::int64_t value = 0;
  const auto* end = text.data() + text.size();
  const auto [stopped_at, failure] = std::from_chars(text.data(), end, value);
  if (failure != std::errc() || stopped_at != end) return std::nullopt;
  return value;
}

struct SignedHeaders {
  wire::SignedRequest covered;
  std::string signature;
};

/// What the headers say, or nothing when one is missing or malformed.
std::optional<SignedHeaders> read_headers(const Request& request) {
  const auto header = [&](std::string_view name) { return request.header(name).value_or(""); };
  const auto till = domain::TillId::parse(header(wire::kTillHeader));
  const auto epoch = integer(header(wire::kEpochHeader));
  const auto time = integer(header(wire::kTimeHeader));
  const auto generation = integer(header(wire::kGenerationHeader));
  const auto signature = crypto::base64_decode(header(wire::kSignatureHeader));
  const std::string nonce = header(wire::kNonceHeader);
  const bool nonce_ok = nonce.size() >= kShortestNonce && nonce.size() <= kLongestNonce &&
                        crypto::hex_decode(nonce).has_value();
  if (!till || !epoch || !time || !generation || !signature || signature->empty() || !nonce_ok)
    return std::nullopt;
  return SignedHeaders{
      {request.method, request.target, *till, *epoch, header(wire::kDigestHeader), *time, nonce, *generation},
      *signature};
}

Response unauthorised(const char* code, const char* message) {
  return problem(401, domain::Error{code, message, ""});
}

Response clock_skew(Instant now) {
  return problem(
      401, domain::Error{"clock_skew", "the till's clock differs from the server's by more than 300 s", ""},
      nlohmann::json{{"server_time", domain::format_rfc3339(now)}});
}

Response stale() {
  return problem(
      409, domain::Error{"generation_stale", "the till was restored or copied; it needs a new key", ""});
}

/// A till that lost an answer is one generation behind; anything else means that its database went back in
/// time, or exists twice.
bool generation_acceptable(std::int64_t sent, std::int64_t kept) { return sent == kept || sent == kept - 1; }

}  // namespace

Authentication TillAuthenticator::authenticate(const Request& request) {
  const auto headers = read_headers(request);
  if (!headers) return unauthorised("unsigned", "this request must be signed by a till");
  const auto& covered = headers->covered;
  const std::string& till_id = covered.till.str();
  if (covered.digest != crypto::sha256_hex(request.body)) {
    return unauthorised("bad_signature", "the body is not the one that was signed");
  }

  const Instant now = services_.clock.now();
  std::optional<TillRecord> till;
  std::optional<TillKey> key;
  {
    const auto lease = services_.database.reader();
    till = find_till(*lease, till_id);
    key = find_till_key(*lease, till_id, covered.epoch);
  }
  if (!till || !key) return unauthorised("unknown_till", "this till is not enrolled");
  if (!crypto::verify(key->public_key, wire::request_signing_bytes(covered), headers->signature)) {
    return unauthorised("bad_signature", "the signature does not fit the request");
  }

  const auto skew = now - Instant(std::chrono::milliseconds(covered.time_ms));
  if (skew > kAcceptedSkew || skew < -kAcceptedSkew) return clock_skew(now);
  if (!till->enabled) return problem(403, domain::Error{"till_disabled", "this till was switched off", ""});
  if (key->revoked)
    return unauthorised("key_revoked",
                        "this till has been enrolled anew since; it needs a new enrolment code");
  if (!for_rekey_ && (key->retired || !generation_acceptable(covered.generation, till->generation)))
    return stale();

  // The key of the table decides, so that two servers cannot both let a replayed request in.
  const bool fresh = db::with_transaction(services_.database, [&](db::Connection& connection) {
    const std::string insert = "INSERT INTO nonces (till, nonce, seen_at) VALUES (?, ?, ?)" +
                               connection.dialect().upsert("till, nonce", {});
    return connection.execute(insert, {till_id, covered.nonce, to_epoch_ms(now)}) == 1;
  });
  if (!fresh) return unauthorised("replayed_nonce", "this request was received before");

  Principal principal;
  principal.kind = Principal::Kind::till;
  principal.id = till_id;
  principal.name = till_id;
  principal.store = till->store;
  principal.epoch = covered.epoch;
  principal.generation = covered.generation;
  return principal;
}

}  // namespace ccms::server
