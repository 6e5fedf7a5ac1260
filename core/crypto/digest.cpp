#include "core/crypto/digest.h"

#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <memory>

#include "core/crypto/openssl_error.h"

namespace ccms::crypto {
namespace {

struct FreeFunction {
  void operator()(EVP_MD* function) const { EVP_MD_free(function); }
};

const unsigned char* as_bytes(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

}  // namespace

Digest sha256(std::string_view bytes) {
  // Fetched once: EVP_sha256() alone would be looked up anew in each call. Given back when a plugin is
  // unloaded.
  static const std::unique_ptr<EVP_MD, FreeFunction> function(
      EVP_MD_fetch(nullptr, OSSL_DIGEST_NAME_SHA2_256, nullptr));
  Digest digest{};
  require_success(EVP_Digest(bytes.data(), bytes.size(), digest.data(), nullptr, function.get(), nullptr),
                  "SHA-256");
  return digest;
}

std::string sha256_hex(std::string_view bytes) { return hex_encode(domain::bytes_view(sha256(bytes))); }

Digest hmac_sha256(std::string_view key, std::string_view bytes) {
  Digest digest{};
  unsigned size = 0;
  const auto* result = HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()), as_bytes(bytes),
                            bytes.size(), digest.data(), &size);
  if (result == nullptr || size != digest.size()) throw_openssl_error("HMAC-SHA256");
  return digest;
}

bool equal_secrets(std::string_view a, std::string_view b) {
  return a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

}  // namespace ccms::crypto
