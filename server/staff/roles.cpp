#include "server/staff/roles.h"

#include <algorithm>

namespace ccms::server {
namespace {

bool applies(settings::Role role, const std::string& scope, const TicketRecord& ticket) {
  switch (role) {
    case settings::Role::hq:
      return true;
    case settings::Role::department_staff:
      return ticket.department == scope;
    case settings::Role::store_manager:
      return ticket.reported_store == scope || ticket.collect_store == scope;
  }
  return false;
}

}  // namespace

std::vector<settings::Role> roles_towards(const Principal& principal, const TicketRecord& ticket) {
  std::vector<settings::Role> roles;
  for (const RoleGrant& grant : principal.roles) {
    const auto role = domain::from_text<settings::Role>(grant.role);
    if (!role || !applies(*role, grant.scope, ticket)) continue;
    if (std::find(roles.begin(), roles.end(), *role) == roles.end()) roles.push_back(*role);
  }
  return roles;
}

}  // namespace ccms::server
