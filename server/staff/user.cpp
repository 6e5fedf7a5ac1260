#include "server/staff/user.h"

#include <nlohmann/json.hpp>

namespace ccms::server {

using nlohmann::json;

json grants_json(const std::vector<RoleGrant>& grants) {
  json list = json::array();
  for (const RoleGrant& grant : grants) {
    list.push_back({{"role", grant.role}});
    if (!grant.scope.empty()) list.back()["scope"] = grant.scope;
  }
  return list;
}

std::string roles_to_json(const std::vector<RoleGrant>& roles) {
  json list = json::array();
  for (const RoleGrant& grant : roles) list.push_back({{"role", grant.role}, {"scope", grant.scope}});
  return list.dump();
}

std::vector<RoleGrant> roles_from_json(std::string_view text) {
  std::vector<RoleGrant> roles;
  const json list = json::parse(text, nullptr, false);
  if (!list.is_array()) return roles;
  for (const json& grant : list) {
    if (!grant.is_object() || !grant.contains("role") || !grant["role"].is_string()) continue;
    roles.push_back({grant["role"].get<std::string>(), grant.value("scope", "")});
  }
  return roles;
}

}  // namespace ccms::server
