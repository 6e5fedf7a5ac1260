#include "server/http/resources/invitations_resource.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <variant>

#include "core/crypto/digest.h"
#include "core/db/db_error.h"
#include "core/db/transaction.h"
#include "core/domain/text.h"
#include "server/http/json_body.h"
#include "server/http/problem.h"
#include "server/http/resources/member_view.h"
#include "server/http/resources/with_settings.h"
#include "server/staff/granting.h"
#include "server/staff/invitations.h"
#include "server/staff/password.h"
#include "server/staff/standings.h"
#include "server/store/workspace_store.h"

namespace ccms::server {
namespace {

using domain::Error;
using nlohmann::json;
using settings::Permission;

constexpr std::size_t kIdLimit = 64;
constexpr std::size_t kAddressLimit = 254;
constexpr std::size_t kMostAddresses = 100;
constexpr std::size_t kTokenLimit = 128;

// As for signing in: each needs a core and 19 MiB.
constexpr std::ptrdiff_t kHashingsAtOnce = 2;
constexpr std::chrono::milliseconds kLongestWaitToHash{500};

/// What a change in a transaction came to; a refusal rolls back.
struct Outcome {
  Response response;
  bool ok() const { return response.status < 400; }
};

Response may_not_invite() {
  return problem(403, Error{"forbidden", "this needs the permission people.invite", ""});
}

Response too_many_attempts(std::chrono::milliseconds wait) {
  const auto seconds = std::chrono::ceil<std::chrono::seconds>(wait).count();
  return problem(429, Error{"too_many_attempts", "too many attempts; wait a little", ""})
      .with_header("Retry-After", std::to_string(seconds));
}

bool may_invite_somebody(const Principal& principal) {
  return std::any_of(principal.standings.begin(), principal.standings.end(),
                     [](const Standing& standing) { return standing.may(Permission::people_invite); });
}

json invitation_json(const Invitation& invitation) {
  return {{"id", invitation.invitation_id},
          {"address", invitation.address},
          {"roles", grants_json(invitation.roles)},
          {"invited_by", invitation.invited_by},
          {"created_at", domain::format_rfc3339(invitation.created_at)},
          {"expires_at", domain::format_rfc3339(invitation.expires_at)}};
}

json invited_json(const Invited& one) {
  json view = {{"address", one.address}, {"invited", one.invitation.has_value()}};
  if (!one.invitation) {
    view["error"] = error_json(one.refusal);
    return view;
  }
  view["invitation"] = invitation_json(*one.invitation);
  view["token"] = one.token;
  view["url"] = "/invitation#" + one.token;  // what follows # is sent to no server and stands in no log
  return view;
}

/// For whom, as what and where; the roles are made of it when the workspace is known.
struct Body {
  std::vector<std::string> addresses;
  std::string role;
  std::vector<std::string> scopes;
  std::optional<std::string> workspace;
};

Body read_body(JsonBody& body) {
  Body read{body.texts("addresses", kAddressLimit), body.required_text("role", kIdLimit),
            body.texts("scopes", kIdLimit), body.optional_text("workspace", kIdLimit)};
  if (read.addresses.empty()) body.fail("missing_field", "whom to invite is missing", "/addresses");
  if (read.addresses.size() > kMostAddresses)
    body.fail("too_long", "at most 100 people are invited at once", "/addresses");
  if (read.workspace && !read.scopes.empty())
    body.fail("bad_value", "a workspace leaves no scopes to name", "/scopes");
  return read;
}

/// The grants, or why there are none.
domain::Result<std::vector<RoleGrant>> grants_of(db::Connection& connection, const Body& body,
                                                 const settings::Settings& settings) {
  std::vector<std::string> scopes = body.scopes;
  std::string field = "/scopes";
  if (body.workspace) {
    field = "/workspace";
    const auto workspace = WorkspaceStore(connection).find(*body.workspace);
    if (!workspace) return Error{"unknown_workspace", "there is no such workspace", field};
    const auto* role = settings::find_by_id(settings.roles, body.role);
    scopes = role == nullptr ? std::vector<std::string>{} : workspace->scopes_for(role->scope);
    if (role != nullptr && scopes.empty())
      return Error{"bad_role", "the workspace has nothing that this role is given for", field};
  }
  std::vector<RoleGrant> grants;
  if (scopes.empty()) scopes.emplace_back();
  for (const std::string& scope : scopes) {
    RoleGrant grant{body.role, scope};
    if (auto problem = problem_of_grant(grant, &settings))
      return Error{"bad_role", *std::move(problem), scope.empty() ? "/role" : field};
    if (std::find(grants.begin(), grants.end(), grant) == grants.end()) grants.push_back(std::move(grant));
  }
  return grants;
}

int status_of(const Error& error) {
  if (error.code == "unknown_invitation") return 404;
  return error.code == "already_member" ? 409 : 410;
}

}  // namespace

InvitationsResource::InvitationsResource(const Services& services)
    : services_(services), hashings_(kHashingsAtOnce) {}

void InvitationsResource::add_routes(Router& router) {
  // By people alone: an invitation is good as long as whoever made it could make it again.
  router.add("GET", "/api/v1/invitations", Access::staff,
             [this](const Request& request) { return list(request); });
  router.add("POST", "/api/v1/invitations", Access::staff,
             [this](const Request& request) { return make(request); });
  router.add("DELETE", "/api/v1/invitations/{id}", Access::staff,
             [this](const Request& request) { return withdraw(request); });
  router.add("POST", "/api/v1/invitations/accept", Access::open,
             [this](const Request& request) { return accept(request); });
}

Response InvitationsResource::list(const Request& request) const {
  if (!may_invite_somebody(request.principal)) return may_not_invite();
  return with_settings(services_, [&](const PublishedSettings& published) {
    json invitations = json::array();
    const db::Lease reader = services_.database.reader();
    for (const Invitation& invitation : InvitationStore(*reader).open(services_.clock.now())) {
      if (may_look_after(request.principal.standings, Permission::people_invite, invitation.roles,
                         published.settings))
        invitations.push_back(invitation_json(invitation));
    }
    return json_response(200, {{"invitations", std::move(invitations)}});
  });
}

// No Idempotency-Key: the tokens in the answer must not be stored. Sent again, it says already_invited.
Response InvitationsResource::make(const Request& request) const {
  if (!may_invite_somebody(request.principal)) return may_not_invite();
  JsonBody json_body(request.body);
  const Body body = read_body(json_body);
  if (const auto errors = json_body.finish(); !errors.empty()) return problem(422, errors);
  return with_settings(services_, [&](const PublishedSettings& published) {
    return db::with_transaction(
               services_.database,
               [&](db::Connection& connection) -> Outcome {
                 auto grants = grants_of(connection, body, published.settings);
                 if (!grants) return {problem(422, grants.error())};
                 if (!may_give(request.principal.standings, Permission::people_invite, *grants,
                               published.settings)) {
                   return {
                       problem(403, Error{"beyond_own_permissions",
                                          "only a role whose permissions you have yourself, where you have "
                                          "them, is yours to give",
                                          "/role"})};
                 }
                 json outcomes = json::array();
                 for (const Invited& one :
                      invite(connection, audit_actor(request.principal),
                             {body.addresses, *grants, std::chrono::days(services_.config.invitation_days)},
                             services_.clock.now()))
                   outcomes.push_back(invited_json(one));
                 return {json_response(200, {{"invitations", std::move(outcomes)}})
                             .with_header("Cache-Control", "no-store")};
               })
        .response;
  });
}

Response InvitationsResource::withdraw(const Request& request) const {
  if (!may_invite_somebody(request.principal)) return may_not_invite();
  return with_settings(services_, [&](const PublishedSettings& published) {
    return db::with_transaction(services_.database, [&](db::Connection& connection) -> Response {
      const Instant now = services_.clock.now();
      const auto invitation = InvitationStore(connection).find(request.param("id"), true);
      if (!invitation || !invitation->is_open(now) ||
          !may_look_after(request.principal.standings, Permission::people_invite, invitation->roles,
                          published.settings))
        return problem(404, Error{"not_found", "there is no such open invitation", ""});
      withdraw_invitation(connection, audit_actor(request.principal), *invitation, now);
      return no_content();
    });
  });
}

Response InvitationsResource::accept(const Request& request) {
  JsonBody body(request.body);
  const std::string token = body.required_text("token", kTokenLimit);
  NewMember member{body.required_text("name", domain::kNameLimit), ""};
  const std::string password = body.required_text("password", kLongestPassword);
  if (password.size() < kShortestPassword)
    body.fail("too_short", "a password has at least 10 characters", "/password");
  if (const auto errors = body.finish(); !errors.empty()) return problem(422, errors);
  return with_settings(services_, [&](const PublishedSettings& published) -> Response {
    const Instant now = services_.clock.now();
    SignInThrottle::Attempt attempt(throttle_, crypto::sha256_hex(token), request.remote_address, now);
    if (attempt.wait().count() > 0) return too_many_attempts(attempt.wait());
    {
      const db::Lease reader = services_.database.reader();
      if (const auto open = find_open_invitation(*reader, published.settings, token, now); !open) {
        attempt.failed();
        return problem(status_of(open.error()), open.error());
      }
    }
    auto slot = hashings_.take(kLongestWaitToHash);
    if (!slot) return too_many_attempts(std::chrono::seconds(1));
    member.password_hash = hash_password(password);
    slot.reset();
    const auto joined = db::with_transaction(services_.database, [&](db::Connection& connection) {
      return accept_invitation(connection, published.settings, token, member, now);
    });
    if (!joined) return problem(status_of(joined.error()), joined.error());
    attempt.succeeded();
    return json_response(201, {{"user", {{"login", joined->login}, {"name", joined->name}}}});
  });
}

}  // namespace ccms::server
