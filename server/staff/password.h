#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace ccms::server {

inline constexpr std::size_t kShortestPassword = 10;
inline constexpr std::size_t kLongestPassword = 200;  ///< characters

/// Passwords are kept as Argon2id strings with their own salt and cost (19 MiB, 2 passes, 1 lane), so that
/// the cost can be raised later without touching what is stored. One hash takes some 40 ms of one core: never
/// hold a database connection meanwhile.
std::string hash_password(std::string_view password);

/// Constant-time comparison; false also for a stored text that is no Argon2 string.
bool verify_password(std::string_view password, const std::string& stored);

/// Takes as long as verify_password() does, for the login of a user who does not exist: the time of the
/// answer must not tell which names do.
void spend_verification_time(std::string_view password);

}  // namespace ccms::server
