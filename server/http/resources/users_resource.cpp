#include "server/http/resources/users_resource.h"

#include <nlohmann/json.hpp>

#include "server/http/problem.h"
#include "server/store/user_store.h"

namespace ccms::server {
namespace {

using nlohmann::json;

json user_json(const User& user) {
  json view = {{"id", user.user_id}, {"name", user.name}, {"departments", json::array()}};
  for (const RoleGrant& grant : user.roles) {
    if (grant.role == "department_staff") view["departments"].push_back(grant.scope);
  }
  return view;
}

}  // namespace

void UsersResource::add_routes(Router& router) {
  router.add("GET", "/api/v1/users", Access::staff_or_client,
             [this](const Request& request) { return list(request); });
}

Response UsersResource::list(const Request& request) const {
  const db::Lease reader = services_.database.reader();
  json users = json::array();
  for (const User& user : UserStore(*reader).list(request.query_value("department")))
    users.push_back(user_json(user));
  return json_response(200, {{"users", std::move(users)}});
}

}  // namespace ccms::server
