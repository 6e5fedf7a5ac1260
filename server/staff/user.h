#pragma once

#include <cstdint>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "server/app/clock.h"
#include "server/http/principal.h"

namespace ccms::server {

/// Somebody who works in the console.
struct User {
  std::string user_id;
  std::string login;
  std::string name;
  std::optional<std::string> email;
  std::vector<RoleGrant> roles;
  bool enabled = true;
  std::int64_t version = 1;             ///< counts the changes of all above
  std::optional<Instant> removed_at{};  ///< they left: not enabled, and never again

  bool operator==(const User&) const = default;
};

/// A program that calls the API with a key of its own.
struct ApiClient {
  std::string client_id;
  std::string name;
  std::vector<RoleGrant> roles;
  bool enabled = true;
};

/// Roles as people see them: [{"role","scope"?}, …]
nlohmann::json grants_json(const std::vector<RoleGrant>& grants);
/// Roles as the database keeps them: [{"role":"department_staff","scope":"repairs"}, …].
std::string roles_to_json(const std::vector<RoleGrant>& roles);
/// The reverse; what cannot be read grants nothing.
std::vector<RoleGrant> roles_from_json(std::string_view json);

}  // namespace ccms::server
