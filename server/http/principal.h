#pragma once

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/settings/role_settings.h"

namespace ccms::server {

/// One role of somebody, and what it is given for: the id of a department, a store, an area … as the role's
/// scope says; empty for the chain.
struct RoleGrant {
  std::string role;
  std::string scope;

  bool operator==(const RoleGrant&) const = default;
};

/// A grant as the settings in force understand it.
struct Standing {
  std::string role;
  settings::RoleScope scope = settings::RoleScope::chain;
  std::string at;                   ///< what the grant names
  std::vector<std::string> stores;  ///< what that means for scopes made of stores
  std::vector<settings::Permission> permissions;

  bool may(settings::Permission permission) const noexcept {
    return std::find(permissions.begin(), permissions.end(), permission) != permissions.end();
  }
  bool has_store(std::string_view store) const noexcept {
    return std::find(stores.begin(), stores.end(), store) != stores.end();
  }
  /// Whether it is about certain stores, rather than a department or everything.
  bool is_of_stores() const noexcept {
    return scope != settings::RoleScope::chain && scope != settings::RoleScope::department;
  }
};

/// Who asks. Made by an Authenticator, never by a handler.
struct Principal {
  enum class Kind { anonymous, till, staff, client };

  Kind kind = Kind::anonymous;
  std::string id;    ///< till id, user id or API client id; empty when anonymous
  std::string name;  ///< for people
  std::vector<Standing> standings;
  std::string session_hash;  ///< staff: SHA-256 (hex) of the session token

  // Tills only.
  std::string store;
  std::int64_t epoch = 0;       ///< of the key that signed the request
  std::int64_t generation = 0;  ///< as the till sent it

  /// Whether somebody has this permission for the whole chain.
  bool may_everywhere(settings::Permission permission) const noexcept {
    return std::any_of(standings.begin(), standings.end(), [&](const Standing& standing) {
      return standing.scope == settings::RoleScope::chain && standing.may(permission);
    });
  }
};

}  // namespace ccms::server
