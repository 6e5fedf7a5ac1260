#include "server/cli/role_argument.h"

#include <iostream>

#include "server/staff/standings.h"

namespace ccms::server {
namespace {

std::string known_roles(const PublishedSettings* published) {
  if (published == nullptr) return "department_staff, store_manager, hq";
  std::string all;
  for (const auto& role : published->settings.roles) all += (all.empty() ? "" : ", ") + role.id;
  return all;
}

}  // namespace

std::optional<std::vector<RoleGrant>> parse_roles_or_complain(const std::vector<std::string>& texts,
                                                              const PublishedSettings* published) {
  std::vector<RoleGrant> roles;
  for (const auto& text : texts) {
    const auto colon = text.find(':');
    RoleGrant grant{text.substr(0, colon), colon == std::string::npos ? "" : text.substr(colon + 1)};
    if (const auto problem = problem_of_grant(grant, published ? &published->settings : nullptr)) {
      std::cerr << text << ": " << *problem << " (there are " << known_roles(published) << ")\n";
      return std::nullopt;
    }
    roles.push_back(std::move(grant));
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
