#include "server/sync/incoming_capture.h"

#include "core/crypto/digest.h"
#include "core/wire/signing.h"

namespace ccms::server {
namespace {

constexpr std::size_t kSignatureBytes = 64;

/// What is kept of a signature: of one that is too long to be any, the beginning tells enough.
std::string kept_signature(const std::string& signature) {
  return crypto::base64_encode(std::string_view(signature).substr(0, kSignatureBytes));
}

bool signed_by_till(const IncomingCapture& incoming, const std::string& signature, const Principal& till,
                    const std::map<std::int64_t, crypto::PublicKey>& keys) {
  // What names no epoch that can be read was signed, if at all, with the key in use.
  const auto key = keys.find(incoming.identity.epoch.value_or(till.epoch));
  return key != keys.end() &&
         crypto::verify(key->second, wire::capture_signing_bytes(incoming.digest), signature);
}

std::optional<domain::Error> owner_problem(const domain::Capture& capture, const Principal& till) {
  if (capture.till.str() != till.id) return domain::Error{"wrong_till", "made by another till", "/till"};
  if (capture.store.str() != till.store)
    return domain::Error{"wrong_till", "this till belongs to another store", "/store"};
  return std::nullopt;
}

}  // namespace

IncomingCapture examine(const wire::CaptureItem& item, const Principal& till,
                        const std::map<std::int64_t, crypto::PublicKey>& keys,
                        const std::optional<wire::DeviceClock>& clock, Instant receipt) {
  IncomingCapture incoming;
  incoming.bytes = item.capture;
  incoming.signature = kept_signature(item.signature);
  incoming.digest = crypto::sha256(item.capture);
  incoming.digest_hex = crypto::hex_encode(domain::bytes_view(incoming.digest));
  incoming.identity = wire::peek_capture(item.capture);
  incoming.signature_valid = signed_by_till(incoming, item.signature, till, keys);
  if (!incoming.signature_valid) {
    incoming.problem = domain::Error{"bad_signature", "the signature does not fit the capture", ""};
    return incoming;
  }
  auto parsed = wire::parse_capture(item.capture);
  if (!parsed.ok()) {
    incoming.problem = parsed.errors.front();
    return incoming;
  }
  incoming.problem = owner_problem(*parsed, till);
  if (incoming.problem) return incoming;
  incoming.capture = std::move(parsed.value);
  // The till does this before it writes; an older or another program there must not bring card numbers into
  // columns, search and messages. The bytes stay as they were signed.
  domain::redact_card_numbers(incoming.capture->body);
  incoming.happened = happened_at(*incoming.capture, clock, receipt);
  return incoming;
}

}  // namespace ccms::server
