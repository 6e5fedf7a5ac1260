#include "server/settings/people_succession.h"

#include <algorithm>
#include <array>
#include <map>
#include <string>

#include "server/staff/standings.h"
#include "server/store/user_store.h"

namespace ccms::server {
namespace {

using settings::Permission;
using settings::Problem;

/// How many people and programs hold each role.
std::map<std::string, int> holders_of(const std::vector<User>& users, const std::vector<ApiClient>& clients) {
  std::map<std::string, int> holders;
  const auto add = [&](const std::vector<RoleGrant>& grants) {
    for (const RoleGrant& grant : grants) ++holders[grant.role];
  };
  for (const User& user : users) add(user.roles);
  for (const ApiClient& client : clients) {
    if (client.enabled) add(client.roles);
  }
  return holders;
}

void compare_roles(const std::map<std::string, int>& holders, const settings::Settings& former,
                   const settings::Settings& next, std::vector<Problem>& problems) {
  for (const settings::Role& role : former.roles) {
    if (!holders.contains(role.id)) continue;
    const auto kept = std::find_if(next.roles.begin(), next.roles.end(),
                                   [&](const settings::Role& other) { return other.id == role.id; });
    if (kept == next.roles.end()) {
      problems.push_back(
          {{"in_use", "people hold this role: take it from them first", "/roles"}, '"' + role.id + '"'});
    } else if (kept->scope != role.scope) {
      const std::string pointer = "/roles/" + std::to_string(kept - next.roles.begin()) + "/scope";
      problems.push_back({{"in_use",
                           "people hold the role \"" + role.id + "\" for a " +
                               std::string(domain::to_text(role.scope)) + ": make another role",
                           pointer},
                          '"' + std::string(domain::to_text(kept->scope)) + '"'});
    }
  }
}

bool somebody_may(const std::vector<User>& users, const settings::Settings& settings, Permission permission) {
  return std::any_of(users.begin(), users.end(), [&](const User& user) {
    Principal principal;
    principal.standings = standings_of(user.roles, &settings);
    return principal.may_everywhere(permission);
  });
}

}  // namespace

std::vector<Problem> people_problems_of_succession(db::Connection& connection,
                                                   const settings::Settings& former,
                                                   const settings::Settings& next) {
  UserStore store(connection);
  const auto users = store.list();
  std::vector<Problem> problems;
  compare_roles(holders_of(users, store.list_clients()), former, next, problems);
  // Each by itself: in one chain one person does both, in another nobody does.
  constexpr std::array needed = {Permission::settings_publish, Permission::people_change};
  for (const Permission permission : needed) {
    if (!somebody_may(users, former, permission) || somebody_may(users, next, permission)) continue;
    const std::string name(domain::to_text(permission));
    problems.push_back(
        {{"locked_out", "nobody would be left with the permission " + name + " for the chain", "/roles"},
         '"' + name + '"'});
  }
  return problems;
}

}  // namespace ccms::server
