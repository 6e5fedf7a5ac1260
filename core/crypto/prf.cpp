#include "core/crypto/prf.h"

#include "core/crypto/digest.h"

namespace ccms::crypto {

domain::Prf hmac_prf(std::string secret) {
  return [secret = std::move(secret)](std::string_view input) {
    const Digest digest = hmac_sha256(secret, input);
    std::uint64_t value = 0;
    for (std::size_t i = 0; i < sizeof value; ++i) value = value << 8 | digest[i];
    return value;
  };
}

}  // namespace ccms::crypto
