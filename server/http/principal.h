#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace ccms::server {

/// One role of somebody, and where it holds: a department id for department_staff, a store id for
/// store_manager, empty for hq, who see everything.
struct RoleGrant {
  std::string role;
  std::string scope;

  bool operator==(const RoleGrant&) const = default;
};

/// Who asks. Made by an Authenticator, never by a handler.
struct Principal {
  enum class Kind { anonymous, till, staff, client };

  Kind kind = Kind::anonymous;
  std::string id;    ///< till id, user id or API client id; empty when anonymous
  std::string name;  ///< for people
  std::vector<RoleGrant> roles;
  std::string session_hash;  ///< staff: SHA-256 (hex) of the session token

  // Tills only.
  std::string store;
  std::int64_t epoch = 0;       ///< of the key that signed the request
  std::int64_t generation = 0;  ///< as the till sent it
};

}  // namespace ccms::server
