#include "core/crypto/random.h"

#include <sodium.h>

#include "core/crypto/sodium_ready.h"

namespace ccms::crypto {

void fill_random(std::uint8_t* out, std::size_t size) {
  require_sodium();
  randombytes_buf(out, size);
}

std::string random_bytes(std::size_t size) {
  std::string out(size, '\0');
  fill_random(reinterpret_cast<std::uint8_t*>(out.data()), size);
  return out;
}

}  // namespace ccms::crypto
