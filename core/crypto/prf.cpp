#include "core/crypto/prf.h"

#include <sodium.h>

#include <algorithm>
#include <array>

#include "core/crypto/digest.h"
#include "core/crypto/sodium_ready.h"

namespace ccms::crypto {
namespace {

using Key = std::array<std::uint8_t, crypto_shorthash_KEYBYTES>;

Key derive_key(std::string_view secret) {
  const Digest digest = hmac_sha256(secret, "ccms-ticket-code-key-1");
  Key key{};
  std::copy_n(digest.begin(), key.size(), key.begin());
  return key;
}

}  // namespace

// A clerk waits while a code is made of ten rounds: HMAC-SHA256 in each took longer than the rest of the
// code.
domain::Prf ticket_code_prf(std::string_view secret) {
  require_sodium();
  return [key = derive_key(secret)](std::string_view input) {
    std::array<std::uint8_t, crypto_shorthash_BYTES> out{};
    crypto_shorthash(out.data(), reinterpret_cast<const unsigned char*>(input.data()), input.size(),
                     key.data());
    std::uint64_t value = 0;
    for (const std::uint8_t byte : out) value = value << 8 | byte;
    return value;
  };
}

}  // namespace ccms::crypto
