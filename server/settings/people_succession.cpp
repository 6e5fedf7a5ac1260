#include "server/settings/people_succession.h"

#include <algorithm>
#include <map>
#include <string>

#include "server/staff/granting.h"
#include "server/store/user_store.h"

namespace ccms::server {
namespace {

using settings::Problem;

/// How many people and programs hold each role.
std::map<std::string, int> holders_of(const std::vector<UserAccount>& accounts,
                                      const std::vector<ApiClient>& clients) {
  std::map<std::string, int> holders;
  const auto add = [&](const std::vector<RoleGrant>& grants) {
    for (const RoleGrant& grant : grants) ++holders[grant.role];
  };
  // Who is disabled may come back, and must not find to have become more.
  for (const UserAccount& account : accounts) add(account.user.roles);
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

bool has_admin(const std::vector<User>& users, const settings::Settings& settings) {
  return std::any_of(users.begin(), users.end(),
                     [&](const User& user) { return is_admin(user.roles, settings); });
}

}  // namespace

std::vector<Problem> people_problems_of_succession(db::Connection& connection,
                                                   const settings::Settings& former,
                                                   const settings::Settings& next) {
  UserStore store(connection);
  const auto users = store.list();
  std::vector<Problem> problems;
  compare_roles(holders_of(store.list_accounts(), store.list_clients()), former, next, problems);
  if (has_admin(users, former) && !has_admin(users, next)) {
    problems.push_back(
        {{"locked_out", "nobody would be left who may publish settings and change people", "/roles"}, {}});
  }
  return problems;
}

}  // namespace ccms::server
