#pragma once

namespace ccms::crypto {

/// Throws std::runtime_error naming the operation and OpenSSL's own reason.
[[noreturn]] void throw_openssl_error(const char* operation);

/// OpenSSL's functions give 1 for success.
inline void require_success(int result, const char* operation) {
  if (result != 1) throw_openssl_error(operation);
}

}  // namespace ccms::crypto
