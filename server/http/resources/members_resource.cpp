#include "server/http/resources/members_resource.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>
#include <string>
#include <utility>

#include "core/domain/text.h"
#include "core/domain/ticket_code.h"
#include "server/http/idempotency.h"
#include "server/http/json_body.h"
#include "server/http/problem.h"
#include "server/http/resources/member_view.h"
#include "server/http/resources/ticket_view.h"
#include "server/http/resources/with_settings.h"
#include "server/notify/mail_composer.h"
#include "server/staff/granting.h"
#include "server/staff/members.h"
#include "server/staff/reassignment.h"
#include "server/store/active_tickets.h"
#include "server/store/ticket_access.h"

namespace ccms::server {
namespace {

using domain::Error;
using nlohmann::json;
using settings::Permission;

constexpr std::size_t kIdLimit = 64;
constexpr std::size_t kEmailLimit = 254;
constexpr std::size_t kMostNamed = 20;

Response not_found() { return problem(404, Error{"not_found", "there is no such user", ""}); }

Response out_of_reach(Permission permission) {
  return problem(403, Error{"forbidden",
                            "this needs the permission " + std::string(domain::to_text(permission)) +
                                " for everything that this user's roles are given for",
                            ""});
}

Response beyond_own_permissions() {
  return problem(403,
                 Error{"beyond_own_permissions",
                       "only roles whose permissions you have yourself, where you have them, are yours to "
                       "give and to take away",
                       "/roles"});
}

Response refusal(const Error& error) { return problem(error.code == "bad_role" ? 422 : 409, error); }

std::optional<Response> refuse_stale(const Request& request, const User& member) {
  const auto if_match = request.header("If-Match");
  if (!if_match) return std::nullopt;
  const auto wanted = version_asked_for(*if_match);
  if (!wanted || *wanted == member.version) return std::nullopt;
  return problem(412, Error{"version_mismatch", "the user has changed since you read it", ""})
      .with_header("ETag", version_etag(member.version));
}

MemberChange read_change(JsonBody& body) {
  MemberChange change;
  if (body.has("name")) change.name = body.required_text("name", domain::kNameLimit);
  if (body.has("email")) {
    change.email.emplace(body.optional_text("email", kEmailLimit));
    if (*change.email && !is_plain_mail_address(**change.email))
      body.fail("bad_value", "this is no e-mail address", "/email");
  }
  if (body.has("roles")) change.roles = read_grants(body, "roles");
  change.enabled = body.optional_flag("enabled");
  return change;
}

/// Those that a change gives or takes away; all of whoever is let in or shut out, or whose mail another
/// person sends elsewhere.
std::vector<RoleGrant> touched(const User& member, const MemberChange& change, const Principal& by) {
  std::vector<RoleGrant> both = member.roles;
  if (change.roles) both.insert(both.end(), change.roles->begin(), change.roles->end());
  if (change.enabled && *change.enabled != member.enabled) return both;
  if (change.email && *change.email != member.email && by.id != member.user_id) return both;
  if (!change.roles) return {};
  const auto has = [](const std::vector<RoleGrant>& grants, const RoleGrant& grant) {
    return std::find(grants.begin(), grants.end(), grant) != grants.end();
  };
  std::erase_if(
      both, [&](const RoleGrant& grant) { return has(member.roles, grant) && has(*change.roles, grant); });
  return both;
}

/// What a role may do in workflows is not compared with what its giver may: nobody but an admin tries that on
/// themselves.
bool gives_themselves(const Principal& by, const User& member, const MemberChange& change,
                      const settings::Settings& settings) {
  if (by.id != member.user_id || !change.roles || is_admin(member.roles, settings)) return false;
  return std::any_of(change.roles->begin(), change.roles->end(), [&](const RoleGrant& grant) {
    return std::find(member.roles.begin(), member.roles.end(), grant) == member.roles.end();
  });
}

/// As the asker sees somebody, who learns of no ticket that is hidden from them by a number either.
Response answer_of(db::Connection& connection, const Principal& asker, const UserAccount& account) {
  const auto tickets = active_tickets_of(connection, account.user.user_id);
  return member_response(account, visible_among(connection, asker, tickets).size());
}

std::string words_about(const User& member, std::size_t visible, bool others) {
  if (visible == 0)
    return member.name +
           " has unfinished tickets that you may not see: they have to go to somebody else first";
  return member.name + " has " + std::to_string(visible) + " unfinished tickets" +
         (others ? ", and others that you may not see" : "") + ": give them to somebody else first";
}

/// 409, naming and counting those that the asker may see. It holds for all of them.
Response has_active_tickets(db::Connection& connection, const Principal& asker, const User& member,
                            const std::vector<std::string>& tickets) {
  const std::set<std::string> visible = visible_among(connection, asker, tickets);
  json codes = json::array();
  for (const std::string& id : tickets) {
    if (codes.size() == kMostNamed) break;
    if (!visible.contains(id)) continue;
    const auto ticket = load_ticket(connection, id);
    if (ticket) codes.push_back(ticket->code);
  }
  const bool others = visible.size() < tickets.size();
  const Error error{"has_active_tickets", words_about(member, visible.size(), others), ""};
  return problem(409, error,
                 {{"tickets", std::move(codes)},
                  {"count", visible.size()},
                  {"others", others},
                  {"reassign", "/api/v1/users/" + member.user_id + "/reassign"}});
}

json reassignment_json(const Reassignment& done) {
  json refused = json::array();
  for (const auto& [code, error] : done.refused) {
    refused.push_back(error_json({error.code, error.message, ""}));
    refused.back()["ticket"] = code;
  }
  return {{"moved", done.moved},
          {"not_moved", std::move(refused)},
          {"out_of_sight", done.out_of_sight},
          {"more", done.more}};
}

}  // namespace

void MembersResource::add_routes(Router& router) {
  const auto add = [&](const char* method, const char* pattern,
                       Response (MembersResource::*answer)(const Request&) const) {
    router.add(method, pattern, Access::staff_or_client,
               [this, answer](const Request& request) { return (this->*answer)(request); });
  };
  add("GET", "/api/v1/users/{id}", &MembersResource::show);
  add("PATCH", "/api/v1/users/{id}", &MembersResource::change);
  add("DELETE", "/api/v1/users/{id}", &MembersResource::remove);
  add("POST", "/api/v1/users/{id}/reassign", &MembersResource::reassign);
}

Response MembersResource::show(const Request& request) const {
  return with_settings(services_, [&](const PublishedSettings& published) -> Response {
    const db::Lease reader = services_.database.reader();
    const auto account = UserStore(*reader).find_account(request.param("id"));
    const auto& own = request.principal.standings;
    // Whether there is such a user is for those to know who may see people at all.
    const bool sees_some = std::any_of(own.begin(), own.end(), [](const Standing& standing) {
      return standing.may(Permission::people_view);
    });
    if (!account) return sees_some ? not_found() : out_of_reach(Permission::people_view);
    if (!may_look_after(own, Permission::people_view, account->user.roles, published.settings))
      return out_of_reach(Permission::people_view);
    return answer_of(*reader, request.principal, *account);
  });
}

Response MembersResource::with_member(const Request& request, Permission permission, const Work& work) const {
  return with_settings(services_, [&](const PublishedSettings& published) {
    return change_once(services_, request, IdempotencyKey::optional,
                       [&](db::Connection& connection) -> Response {
                         const auto& own = request.principal.standings;
                         if (std::none_of(own.begin(), own.end(),
                                          [&](const Standing& standing) { return standing.may(permission); }))
                           return out_of_reach(permission);
                         auto account = UserStore(connection).find_account(request.param("id"), true);
                         if (!account) return not_found();
                         if (!may_look_after(own, permission, account->user.roles, published.settings))
                           return out_of_reach(permission);
                         if (auto stale = refuse_stale(request, account->user)) return *std::move(stale);
                         return work(connection, published, *account);
                       });
  });
}

Response MembersResource::change(const Request& request) const {
  JsonBody body(request.body);
  const MemberChange change = read_change(body);
  if (const auto errors = body.finish(); !errors.empty())
    return refuse_once(services_, request, IdempotencyKey::optional, problem(422, errors));
  return with_member(
      request, Permission::people_change,
      [&](db::Connection& connection, const PublishedSettings& published, UserAccount& account) -> Response {
        if (!may_give(request.principal.standings, Permission::people_change,
                      touched(account.user, change, request.principal), published.settings))
          return beyond_own_permissions();
        if (gives_themselves(request.principal, account.user, change, published.settings))
          return beyond_own_permissions();
        const auto changed = change_member(connection, published.settings, audit_actor(request.principal),
                                           account.user, change, services_.clock.now());
        if (!changed) return refusal(changed.error());
        return answer_of(connection, request.principal, account);
      });
}

Response MembersResource::remove(const Request& request) const {
  return with_member(
      request, Permission::people_remove,
      [&](db::Connection& connection, const PublishedSettings& published, UserAccount& account) -> Response {
        if (!may_give(request.principal.standings, Permission::people_remove, account.user.roles,
                      published.settings))
          return beyond_own_permissions();
        if (const auto tickets = active_tickets_of(connection, account.user.user_id);
            !account.user.removed_at && !tickets.empty())
          return has_active_tickets(connection, request.principal, account.user, tickets);
        const auto removed = remove_member(connection, published.settings, audit_actor(request.principal),
                                           account.user, services_.clock.now());
        if (!removed) return refusal(removed.error());
        return no_content();
      });
}

Response MembersResource::reassign(const Request& request) const {
  JsonBody body(request.body);
  ReassignmentWish wish;
  wish.from = request.param("id");
  wish.to = body.optional_text("to", kIdLimit);
  wish.reason = body.required_text("reason", domain::kLongTextLimit);
  if (!body.has("to")) body.fail("missing_field", "to is missing: a user, or null to give them back", "/to");
  if (wish.to == wish.from) body.fail("bad_value", "they have these tickets already", "/to");
  if (const auto errors = body.finish(); !errors.empty())
    return refuse_once(services_, request, IdempotencyKey::optional, problem(422, errors));
  return with_member(
      request, Permission::people_change,
      [&](db::Connection& connection, const PublishedSettings& published, UserAccount& account) -> Response {
        if (wish.to) {
          const auto taker = UserStore(connection).find(*wish.to);
          if (!taker || !taker->enabled)
            return problem(422, Error{"unknown_assignee", "there is no such user", "/to"});
        }
        const Instant now = services_.clock.now();
        const Reassignment done = reassign_tickets(connection, published, request.principal, wish, now);
        if (!done.moved.empty()) {
          append_audit(connection,
                       {audit_actor(request.principal),
                        "user.tickets_reassigned",
                        "user",
                        account.user.user_id,
                        {{"to", wish.to ? json(*wish.to) : json(nullptr)}, {"count", done.moved.size()}}},
                       now);
        }
        return json_response(200, reassignment_json(done));
      });
}

}  // namespace ccms::server
