#include "server/http/resources/users_resource.h"

#include <algorithm>
#include <cstddef>
#include <map>
#include <nlohmann/json.hpp>
#include <string>

#include "server/http/problem.h"
#include "server/http/resources/member_view.h"
#include "server/http/resources/with_settings.h"
#include "server/staff/assignees.h"
#include "server/staff/granting.h"
#include "server/staff/standings.h"
#include "server/store/active_tickets.h"
#include "server/store/sql_fragment.h"
#include "server/store/user_store.h"
#include "server/store/visibility.h"

namespace ccms::server {
namespace {

using nlohmann::json;

json user_json(const User& user, const std::vector<Standing>& standings) {
  json view = {{"id", user.user_id}, {"name", user.name}, {"departments", json::array()}};
  for (const Standing& standing : standings) {
    if (standing.scope == settings::RoleScope::department) view["departments"].push_back(standing.at);
  }
  return view;
}

// Colleagues are listed for those who work on tickets, or look after people; with no role at all, nobody is.
bool may_list(const std::vector<Standing>& standings) {
  return std::any_of(standings.begin(), standings.end(), [](const Standing& standing) {
    return standing.may(settings::Permission::tickets_view) ||
           standing.may(settings::Permission::people_view);
  });
}

/// How many active tickets that the asker may see everybody has, by user id; who has none is not there.
std::map<std::string, std::size_t> count_visible_tickets(db::Connection& connection, const Principal& asker) {
  SqlFragment sql;
  sql.add("SELECT t.assignee, COUNT(*) AS n FROM tickets t WHERE t.assignee IS NOT NULL AND ")
      .add(kIsActive)
      .add(" AND ")
      .add(visible_tickets(asker))
      .add(" GROUP BY t.assignee");
  std::map<std::string, std::size_t> counts;
  for (const db::Row row : connection.query(sql.text, sql.params))
    counts[row.text(0)] = static_cast<std::size_t>(row.integer("n"));
  return counts;
}

/// Everybody who has not left, as those see them who look after them.
json members_json(db::Connection& connection, const Principal& asker, const settings::Settings& settings) {
  json members = json::array();
  const auto active = count_visible_tickets(connection, asker);
  for (const UserAccount& account : UserStore(connection).list_accounts()) {
    if (!may_look_after(asker.standings, settings::Permission::people_view, account.user.roles, settings))
      continue;
    const auto tickets = active.find(account.user.user_id);
    members.push_back(member_json(account, tickets == active.end() ? 0 : tickets->second));
  }
  return members;
}

}  // namespace

void UsersResource::add_routes(Router& router) {
  router.add("GET", "/api/v1/users", Access::staff_or_client,
             [this](const Request& request) { return list(request); });
}

Response UsersResource::list(const Request& request) const {
  if (!may_list(request.principal.standings))
    return problem(403, domain::Error{"forbidden", "your roles list no colleagues", ""});
  const auto department = request.query_value("department");
  if (request.query_value("members") == "true") {
    return with_settings(services_, [&](const PublishedSettings& published) {
      const db::Lease reader = services_.database.reader();
      return json_response(200, {{"users", members_json(*reader, request.principal, published.settings)}});
    });
  }
  return with_settings(services_, [&](const PublishedSettings& published) {
    if (department && settings::find_by_id(published.settings.form.departments, *department) == nullptr)
      return json_response(200, {{"users", json::array()}});  // nobody works where there is nothing
    const db::Lease reader = services_.database.reader();
    json users = json::array();
    for (const User& user : UserStore(*reader).list()) {
      const auto standings = standings_of(user.roles, &published.settings);
      if (!department || resolves_in(standings, published.settings, *department))
        users.push_back(user_json(user, standings));
    }
    return json_response(200, {{"users", std::move(users)}});
  });
}

}  // namespace ccms::server
