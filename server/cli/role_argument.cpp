#include "server/cli/role_argument.h"

#include <iostream>

#include "server/staff/standings.h"

namespace ccms::server {

std::optional<std::vector<RoleGrant>> parse_roles_or_complain(const std::vector<std::string>& texts,
                                                              const PublishedSettings* published) {
  std::vector<RoleGrant> roles;
  for (const auto& text : texts) {
    const auto colon = text.find(':');
    RoleGrant grant{text.substr(0, colon), colon == std::string::npos ? "" : text.substr(colon + 1)};
    if (const auto problem = problem_of_grant(grant, published ? &published->settings : nullptr)) {
      std::cerr << text << ": " << *problem << '\n';
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
