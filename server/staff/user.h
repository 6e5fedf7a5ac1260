#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

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

  bool operator==(const User&) const = default;
};

/// A program that calls the API with a key of its own.
struct ApiClient {
  std::string client_id;
  std::string name;
  std::vector<RoleGrant> roles;
  bool enabled = true;
};

/// Roles as the database keeps them: [{"role":"department_staff","scope":"repairs"}, …].
std::string roles_to_json(const std::vector<RoleGrant>& roles);
/// The reverse; what cannot be read grants nothing.
std::vector<RoleGrant> roles_from_json(std::string_view json);

}  // namespace ccms::server
