#include "core/crypto/ed25519.h"

#include <sodium.h>

#include <algorithm>

#include "core/crypto/sodium_ready.h"
#include "core/domain/encoding.h"

namespace ccms::crypto {
namespace {

static_assert(std::tuple_size_v<PublicKey> == crypto_sign_PUBLICKEYBYTES);
static_assert(std::tuple_size_v<PrivateKey> == crypto_sign_SEEDBYTES);
static_assert(std::tuple_size_v<Signature> == crypto_sign_BYTES);

const unsigned char* as_bytes(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

}  // namespace

/// The seed with the public key behind it, as libsodium signs with it; wiped when the pair goes.
struct KeyPair::Handle {
  Handle() = default;
  Handle(const Handle&) = delete;
  Handle& operator=(const Handle&) = delete;
  ~Handle() { sodium_memzero(secret.data(), secret.size()); }

  std::array<std::uint8_t, crypto_sign_SECRETKEYBYTES> secret{};
  PublicKey public_key{};
};

KeyPair::KeyPair(std::unique_ptr<Handle> handle) : handle_(std::move(handle)) {}
KeyPair::KeyPair(KeyPair&&) noexcept = default;
KeyPair& KeyPair::operator=(KeyPair&&) noexcept = default;
KeyPair::~KeyPair() = default;

KeyPair KeyPair::generate() {
  require_sodium();
  auto handle = std::make_unique<Handle>();
  crypto_sign_keypair(handle->public_key.data(), handle->secret.data());
  return KeyPair(std::move(handle));
}

KeyPair KeyPair::from_private(const PrivateKey& key) {
  require_sodium();
  auto handle = std::make_unique<Handle>();
  crypto_sign_seed_keypair(handle->public_key.data(), handle->secret.data(), key.data());
  return KeyPair(std::move(handle));
}

PublicKey KeyPair::public_key() const { return handle_->public_key; }

PrivateKey KeyPair::private_key() const {
  PrivateKey out{};
  std::copy_n(handle_->secret.begin(), out.size(), out.begin());
  return out;
}

Signature KeyPair::sign(std::string_view bytes) const {
  Signature out{};
  crypto_sign_detached(out.data(), nullptr, as_bytes(bytes), bytes.size(), handle_->secret.data());
  return out;
}

bool verify(const PublicKey& key, std::string_view bytes, const Signature& signature) {
  require_sodium();
  return crypto_sign_verify_detached(signature.data(), as_bytes(bytes), bytes.size(), key.data()) == 0;
}

bool verify(const PublicKey& key, std::string_view bytes, std::string_view signature) {
  const auto fixed = domain::to_array<std::tuple_size_v<Signature>>(signature);
  return fixed && verify(key, bytes, *fixed);
}

}  // namespace ccms::crypto
