#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>

namespace ccms::crypto {

using PublicKey = std::array<std::uint8_t, 32>;
using PrivateKey = std::array<std::uint8_t, 32>;
using Signature = std::array<std::uint8_t, 64>;

/// An Ed25519 key pair. Movable; sign() may be called from several threads at once. Functions throw
/// std::runtime_error when libsodium cannot be used.
class KeyPair {
 public:
  /// A new pair from the system's random numbers.
  static KeyPair generate();
  /// The pair of a private key (RFC 8032 seed) that private_key() gave earlier.
  static KeyPair from_private(const PrivateKey& key);

  KeyPair(KeyPair&&) noexcept;
  KeyPair& operator=(KeyPair&&) noexcept;
  ~KeyPair();

  PublicKey public_key() const;
  PrivateKey private_key() const;
  Signature sign(std::string_view bytes) const;

 private:
  struct Handle;
  explicit KeyPair(std::unique_ptr<Handle> handle);

  std::unique_ptr<Handle> handle_;
};

/// True when the signature is the key's over these bytes. Malformed keys and signatures are simply false.
bool verify(const PublicKey& key, std::string_view bytes, const Signature& signature);
/// The same for a signature as it came over the wire, of any length.
bool verify(const PublicKey& key, std::string_view bytes, std::string_view signature);

}  // namespace ccms::crypto
