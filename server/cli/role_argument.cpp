#include "server/cli/role_argument.h"

#include <iostream>

#include "core/settings/workflow_settings.h"

namespace ccms::server {
namespace {

std::optional<RoleGrant> parse_role(const std::string& text, const PublishedSettings* published) {
  const auto colon = text.find(':');
  RoleGrant grant{text.substr(0, colon), colon == std::string::npos ? "" : text.substr(colon + 1)};
  const auto role = domain::from_text<settings::Role>(grant.role);
  const auto refuse = [&](const char* reason) {
    std::cerr << text << ": " << reason << '\n';
    return std::nullopt;
  };
  if (!role) return refuse("no such role");
  if ((role == settings::Role::hq) != grant.scope.empty()) {
    return refuse("hq has no scope, other roles need one, as in department_staff:repairs");
  }
  if (!published) return grant;
  const auto& settings = published->settings;
  if (role == settings::Role::department_staff &&
      !settings::find_by_id(settings.form.departments, grant.scope)) {
    return refuse("the settings know no such department");
  }
  if (role == settings::Role::store_manager && !settings.find_store(grant.scope)) {
    return refuse("the settings know no such store");
  }
  return grant;
}

}  // namespace

std::optional<std::vector<RoleGrant>> parse_roles_or_complain(const std::vector<std::string>& texts,
                                                              const PublishedSettings* published) {
  std::vector<RoleGrant> roles;
  for (const auto& text : texts) {
    const auto grant = parse_role(text, published);
    if (!grant) return std::nullopt;
    roles.push_back(*grant);
  }
  return roles;
}

std::string typed_roles(const std::vector<RoleGrant>& roles) {
  std::string text;
  for (const auto& grant : roles) {
    if (!text.empty()) text += ' ';
    text += grant.scope.empty() ? grant.role : grant.role + ":" + grant.scope;
  }
  return text;
}

}  // namespace ccms::server
