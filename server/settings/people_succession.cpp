#include "server/settings/people_succession.h"

#include <algorithm>
#include <map>
#include <set>
#include <string>

#include "server/staff/granting.h"
#include "server/staff/standings.h"
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

/// Grants that hold now and would not any more, though their role is there: what they were given for is gone.
void compare_scopes(const std::vector<RoleGrant>& grants, const settings::Settings& former,
                    const settings::Settings& next, std::set<std::string>& reported,
                    std::vector<Problem>& problems) {
  for (const RoleGrant& grant : grants) {
    const auto* role = next.find_role(grant.role);
    const auto* before = former.find_role(grant.role);
    if (role == nullptr || before == nullptr || role->scope != before->scope) continue;  // told of already
    if (problem_of_grant(grant, &former) || !problem_of_grant(grant, &next)) continue;
    const std::string place = std::string(domain::to_text(role->scope)) + " \"" + grant.scope + '"';
    if (!reported.insert(place).second) continue;
    problems.push_back(
        {{"in_use", "people hold roles for the " + place + ": take them from them first", "/organisation"},
         '"' + grant.scope + '"'});
  }
}

void compare_scopes(const std::vector<UserAccount>& accounts, const std::vector<ApiClient>& clients,
                    const settings::Settings& former, const settings::Settings& next,
                    std::vector<Problem>& problems) {
  std::set<std::string> reported;
  for (const UserAccount& account : accounts)
    compare_scopes(account.user.roles, former, next, reported, problems);
  for (const ApiClient& client : clients) {
    if (client.enabled) compare_scopes(client.roles, former, next, reported, problems);
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
  const auto accounts = store.list_accounts();
  const auto clients = store.list_clients();
  compare_roles(holders_of(accounts, clients), former, next, problems);
  compare_scopes(accounts, clients, former, next, problems);
  if (has_admin(users, former) && !has_admin(users, next)) {
    problems.push_back(
        {{"locked_out", "nobody would be left who may publish settings and change people", "/roles"}, {}});
  }
  return problems;
}

}  // namespace ccms::server
