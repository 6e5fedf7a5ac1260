#include "core/crypto/ed25519.h"

#include <openssl/err.h>
#include <openssl/evp.h>

#include "core/crypto/openssl_error.h"
#include "core/domain/encoding.h"

namespace ccms::crypto {
namespace {

struct FreeKey {
  void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
};
struct FreeContext {
  void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
};
using Key = std::unique_ptr<EVP_PKEY, FreeKey>;
using Context = std::unique_ptr<EVP_MD_CTX, FreeContext>;

const unsigned char* as_bytes(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

Context make_context() {
  Context context(EVP_MD_CTX_new());
  if (!context) throw_openssl_error("EVP_MD_CTX_new");
  return context;
}

}  // namespace

struct KeyPair::Handle {
  Key key;
};

KeyPair::KeyPair(std::unique_ptr<Handle> handle) : handle_(std::move(handle)) {}
KeyPair::KeyPair(KeyPair&&) noexcept = default;
KeyPair& KeyPair::operator=(KeyPair&&) noexcept = default;
KeyPair::~KeyPair() = default;

KeyPair KeyPair::generate() {
  Key key(EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519"));
  if (!key) throw_openssl_error("Ed25519 key generation");
  return KeyPair(std::make_unique<Handle>(Handle{std::move(key)}));
}

KeyPair KeyPair::from_private(const PrivateKey& key) {
  Key loaded(EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nullptr, key.data(), key.size()));
  if (!loaded) throw_openssl_error("Loading an Ed25519 private key");
  return KeyPair(std::make_unique<Handle>(Handle{std::move(loaded)}));
}

PublicKey KeyPair::public_key() const {
  PublicKey out{};
  std::size_t size = out.size();
  require_success(EVP_PKEY_get_raw_public_key(handle_->key.get(), out.data(), &size), "Reading a public key");
  return out;
}

PrivateKey KeyPair::private_key() const {
  PrivateKey out{};
  std::size_t size = out.size();
  require_success(EVP_PKEY_get_raw_private_key(handle_->key.get(), out.data(), &size),
                  "Reading a private key");
  return out;
}

Signature KeyPair::sign(std::string_view bytes) const {
  const Context context = make_context();
  require_success(EVP_DigestSignInit(context.get(), nullptr, nullptr, nullptr, handle_->key.get()),
                  "Ed25519 signing");
  Signature out{};
  std::size_t size = out.size();
  require_success(EVP_DigestSign(context.get(), out.data(), &size, as_bytes(bytes), bytes.size()),
                  "Ed25519 signing");
  return out;
}

bool verify(const PublicKey& key, std::string_view bytes, const Signature& signature) {
  const Key loaded(EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, key.data(), key.size()));
  const Context context = make_context();
  const bool valid =
      loaded && EVP_DigestVerifyInit(context.get(), nullptr, nullptr, nullptr, loaded.get()) == 1 &&
      EVP_DigestVerify(context.get(), signature.data(), signature.size(), as_bytes(bytes), bytes.size()) == 1;
  ERR_clear_error();  // a bad signature is an answer, and must not turn up in the thread's next error
  return valid;
}

bool verify(const PublicKey& key, std::string_view bytes, std::string_view signature) {
  const auto fixed = domain::to_array<std::tuple_size_v<Signature>>(signature);
  return fixed && verify(key, bytes, *fixed);
}

}  // namespace ccms::crypto
