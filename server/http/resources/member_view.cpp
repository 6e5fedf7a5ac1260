#include "server/http/resources/member_view.h"

#include <nlohmann/json.hpp>

#include "server/http/problem.h"
#include "server/http/resources/ticket_view.h"

namespace ccms::server {
namespace {

using nlohmann::json;

constexpr std::size_t kIdLimit = 64;
constexpr std::size_t kMostGrants = 200;

const char* state_of(const User& user) {
  if (user.removed_at) return "removed";
  return user.enabled ? "enabled" : "disabled";
}

bool is_id(const json& grant, const char* name) {
  return grant.contains(name) && grant[name].is_string() &&
         grant[name].get_ref<const std::string&>().size() <= kIdLimit;
}

/// Nothing when it is no grant.
std::optional<RoleGrant> read_grant(const json& grant) {
  if (!grant.is_object() || !is_id(grant, "role")) return std::nullopt;
  const bool has_scope = grant.contains("scope");
  if (grant.size() != (has_scope ? 2U : 1U) || (has_scope && !is_id(grant, "scope"))) return std::nullopt;
  return RoleGrant{grant["role"].get<std::string>(), has_scope ? grant["scope"].get<std::string>() : ""};
}

}  // namespace

std::vector<RoleGrant> read_grants(JsonBody& body, const std::string& name) {
  std::vector<RoleGrant> grants;
  const json* const list = body.raw(name);
  if (list == nullptr) return grants;
  if (!list->is_array() || list->size() > kMostGrants) {
    body.fail("wrong_type", name + " must be a list of at most 200 roles", "/" + name);
    return grants;
  }
  for (std::size_t i = 0; i < list->size(); ++i) {
    if (auto grant = read_grant((*list)[i])) {
      grants.push_back(*std::move(grant));
    } else {
      body.fail("wrong_type", "a role is an object of role and, unless it is for the chain, scope",
                "/" + name + "/" + std::to_string(i));
    }
  }
  return grants;
}

json member_json(const UserAccount& account, std::size_t active_tickets) {
  const User& user = account.user;
  json view = {{"id", user.user_id},
               {"name", user.name},
               {"state", state_of(user)},
               {"roles", grants_json(user.roles)},
               {"active_tickets", active_tickets}};
  if (!user.removed_at) view["login"] = user.login;
  if (user.email) view["email"] = *user.email;
  if (user.removed_at) view["removed_at"] = domain::format_rfc3339(*user.removed_at);
  if (account.last_sign_in) view["last_sign_in"] = domain::format_rfc3339(*account.last_sign_in);
  return view;
}

Response member_response(const UserAccount& account, std::size_t active_tickets) {
  return json_response(200, {{"user", member_json(account, active_tickets)}})
      .with_header("ETag", version_etag(account.user.version));
}

}  // namespace ccms::server
