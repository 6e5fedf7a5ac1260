#include "core/crypto/digest.h"

#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/params.h>

#include <mutex>

#include "core/crypto/openssl_error.h"

namespace ccms::crypto {
namespace {

struct FreeMac {
  void operator()(EVP_MAC_CTX* context) const { EVP_MAC_CTX_free(context); }
};

const unsigned char* as_bytes(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

}  // namespace

Digest sha256(std::string_view bytes) {
  // Fetched once: EVP_sha256() alone would be looked up anew in each call.
  static EVP_MD* const function = EVP_MD_fetch(nullptr, OSSL_DIGEST_NAME_SHA2_256, nullptr);
  Digest digest{};
  require_success(EVP_Digest(bytes.data(), bytes.size(), digest.data(), nullptr, function, nullptr),
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

struct HmacKey::State {
  std::unique_ptr<EVP_MAC_CTX, FreeMac> keyed;
  std::mutex mutex;
};

HmacKey::HmacKey(std::string_view key) : state_(std::make_unique<State>()) {
  EVP_MAC* function = EVP_MAC_fetch(nullptr, OSSL_MAC_NAME_HMAC, nullptr);
  state_->keyed.reset(EVP_MAC_CTX_new(function));
  EVP_MAC_free(function);  // the context holds it
  if (!state_->keyed) throw_openssl_error("HMAC-SHA256");
  char digest[] = OSSL_DIGEST_NAME_SHA2_256;
  const OSSL_PARAM parameters[] = {OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, digest, 0),
                                   OSSL_PARAM_construct_end()};
  require_success(EVP_MAC_init(state_->keyed.get(), as_bytes(key), key.size(), parameters), "HMAC-SHA256");
}

HmacKey::~HmacKey() = default;

Digest HmacKey::of(std::string_view bytes) const {
  const std::lock_guard lock(state_->mutex);
  auto* keyed = state_->keyed.get();
  Digest digest{};
  std::size_t size = 0;
  require_success(EVP_MAC_init(keyed, nullptr, 0, nullptr), "HMAC-SHA256");  // begins anew under the same key
  require_success(EVP_MAC_update(keyed, as_bytes(bytes), bytes.size()), "HMAC-SHA256");
  require_success(EVP_MAC_final(keyed, digest.data(), &size, digest.size()), "HMAC-SHA256");
  return digest;
}

bool equal_secrets(std::string_view a, std::string_view b) {
  return a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

}  // namespace ccms::crypto
