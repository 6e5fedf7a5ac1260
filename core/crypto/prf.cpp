#include "core/crypto/prf.h"

#include <memory>

#include "core/crypto/digest.h"

namespace ccms::crypto {

domain::Prf hmac_prf(std::string_view secret) {
  return [key = std::make_shared<const HmacKey>(secret)](std::string_view input) {
    const Digest digest = key->of(input);
    std::uint64_t value = 0;
    for (std::size_t i = 0; i < sizeof value; ++i) value = value << 8 | digest[i];
    return value;
  };
}

}  // namespace ccms::crypto
