#include "server/staff/roles.h"

#include <algorithm>

namespace ccms::server {

bool reaches(const Standing& standing, const TicketRecord& ticket) {
  if (ticket.confidential && !standing.may(settings::Permission::tickets_confidential)) return false;
  if (standing.scope == settings::RoleScope::chain) return true;
  if (standing.scope == settings::RoleScope::department) return ticket.department == standing.at;
  return (ticket.reported_store && standing.has_store(*ticket.reported_store)) ||
         (ticket.collect_store && standing.has_store(*ticket.collect_store));
}

bool may_towards(const std::vector<Standing>& standings, settings::Permission permission,
                 const TicketRecord& ticket) {
  return std::any_of(standings.begin(), standings.end(), [&](const Standing& standing) {
    return standing.may(permission) && reaches(standing, ticket);
  });
}

bool sees_every_ticket(const Principal& principal) {
  return std::any_of(principal.standings.begin(), principal.standings.end(), [](const Standing& standing) {
    return standing.scope == settings::RoleScope::chain && standing.may(settings::Permission::tickets_view) &&
           standing.may(settings::Permission::tickets_confidential);
  });
}

workflow::Roles roles_towards(const Principal& principal, const TicketRecord& ticket) {
  workflow::Roles roles;
  for (const Standing& standing : principal.standings) {
    if (!reaches(standing, ticket)) continue;
    if (std::find(roles.begin(), roles.end(), standing.role) == roles.end()) roles.push_back(standing.role);
  }
  const bool is_staff = principal.kind == Principal::Kind::staff;
  if (is_staff && ticket.assignee == principal.id) roles.emplace_back(settings::kAssignee);
  return roles;
}

}  // namespace ccms::server
