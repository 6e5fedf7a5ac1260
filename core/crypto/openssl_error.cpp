#include "core/crypto/openssl_error.h"

#include <stdexcept>
#include <string>

#include <openssl/err.h>

namespace ccms::crypto {

void throw_openssl_error(const char* operation) {
  char reason[256] = "no reason given";
  if (const unsigned long code = ERR_get_error(); code != 0) ERR_error_string_n(code, reason, sizeof reason);
  ERR_clear_error();
  throw std::runtime_error(std::string(operation) + " failed: " + reason);
}

}  // namespace ccms::crypto
