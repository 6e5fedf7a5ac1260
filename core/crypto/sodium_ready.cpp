#include "core/crypto/sodium_ready.h"

#include <sodium.h>

#include <stdexcept>

namespace ccms::crypto {

void require_sodium() {
  static const bool ready = sodium_init() >= 0;
  if (!ready) throw std::runtime_error("libsodium cannot be used: the system has no random numbers");
}

}  // namespace ccms::crypto
