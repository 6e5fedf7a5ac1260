#include "core/crypto/random.h"

#include <openssl/rand.h>

#include "core/crypto/openssl_error.h"

namespace ccms::crypto {

void fill_random(std::uint8_t* out, std::size_t size) {
  require_success(RAND_bytes(out, static_cast<int>(size)), "Drawing random bytes");
}

std::string random_bytes(std::size_t size) {
  std::string out(size, '\0');
  fill_random(reinterpret_cast<std::uint8_t*>(out.data()), size);
  return out;
}

}  // namespace ccms::crypto
