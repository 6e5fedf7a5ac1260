#include "server/staff/password.h"

#include <argon2.h>

#include <array>
#include <stdexcept>

#include "core/crypto/random.h"

namespace ccms::server {
namespace {

constexpr std::uint32_t kPasses = 2;
constexpr std::uint32_t kMemoryKib = 19456;
constexpr std::uint32_t kLanes = 1;
constexpr std::size_t kSaltBytes = 16;
constexpr std::size_t kHashBytes = 32;

}  // namespace

std::string hash_password(std::string_view password) {
  const std::string salt = crypto::random_bytes(kSaltBytes);
  std::string encoded(argon2_encodedlen(kPasses, kMemoryKib, kLanes, kSaltBytes, kHashBytes, Argon2_id),
                      '\0');
  const int result =
      argon2id_hash_encoded(kPasses, kMemoryKib, kLanes, password.data(), password.size(), salt.data(),
                            salt.size(), kHashBytes, encoded.data(), encoded.size());
  if (result != ARGON2_OK) throw std::runtime_error(argon2_error_message(result));
  encoded.resize(encoded.find('\0'));
  return encoded;
}

bool verify_password(std::string_view password, const std::string& stored) {
  return argon2id_verify(stored.c_str(), password.data(), password.size()) == ARGON2_OK;
}

void spend_verification_time(std::string_view password) {
  static const std::string nobody = hash_password("the password of nobody");
  (void)verify_password(password, nobody);
}

}  // namespace ccms::server
