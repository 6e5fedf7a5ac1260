#include "server/staff/assignees.h"

#include <algorithm>

#include "server/staff/roles.h"
#include "server/staff/standings.h"
#include "server/store/ticket_workflow.h"
#include "server/store/user_store.h"

namespace ccms::server {
namespace {

bool resolves(const Standing& standing, const settings::Workflow& flow) {
  if (!standing.may(settings::Permission::tickets_view)) return false;
  if (flow.resolvers.empty()) return !standing.is_of_stores();
  return std::find(flow.resolvers.begin(), flow.resolvers.end(), standing.role) != flow.resolvers.end();
}

/// Whether a ticket of the department can be within the standing.
bool reaches_into(const Standing& standing, const std::string& department) {
  if (standing.is_of_stores()) return !standing.stores.empty();
  return standing.scope == settings::RoleScope::chain || standing.at == department;
}

}  // namespace

std::string resolving_role(const std::vector<Standing>& standings, const settings::Workflow& flow,
                           const TicketRecord& ticket) {
  for (const Standing& standing : standings) {
    if (resolves(standing, flow) && reaches(standing, ticket)) return standing.role;
  }
  return {};
}

domain::Result<std::string> role_of_assignee(db::Connection& connection, const std::string& user_id,
                                             const TicketRecord& ticket, const settings::Settings& settings) {
  const auto user = UserStore(connection).find(user_id);
  if (!user || !user->enabled) return domain::Error{"unknown_assignee", "there is no such user", "/assignee"};
  auto role = resolving_role(standings_of(user->roles, &settings), workflow_of(ticket, settings), ticket);
  if (role.empty()) {
    return domain::Error{"wrong_department", "this user does not work on such tickets of this department",
                         "/assignee"};
  }
  return role;
}

bool resolves_in(const std::vector<Standing>& standings, const settings::Settings& settings,
                 const std::string& department) {
  return std::any_of(standings.begin(), standings.end(), [&](const Standing& standing) {
    return reaches_into(standing, department) &&
           std::any_of(settings.workflows.begin(), settings.workflows.end(),
                       [&](const settings::Workflow& flow) { return resolves(standing, flow); });
  });
}

}  // namespace ccms::server
