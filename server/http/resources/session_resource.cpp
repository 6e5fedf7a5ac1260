#include "server/http/resources/session_resource.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>

#include "core/crypto/digest.h"
#include "core/db/transaction.h"
#include "core/domain/text.h"
#include "server/http/json_body.h"
#include "server/http/problem.h"
#include "server/staff/cookies.h"
#include "server/staff/origin.h"
#include "server/staff/password.h"
#include "server/staff/sessions.h"
#include "server/staff/standings.h"
#include "server/store/user_store.h"

namespace ccms::server {
namespace {

using nlohmann::json;

// Each needs a core and 19 MiB: more at once would only take them from the tills.
constexpr std::ptrdiff_t kVerificationsAtOnce = 2;
constexpr std::chrono::milliseconds kLongestWaitToVerify{500};

json session_json(const User& user, const std::vector<Standing>& standings, const std::string& token) {
  json roles = json::array();
  json scopes = {{"departments", json::array()}, {"stores", json::array()}};
  std::set<std::string_view> permissions;
  for (const Standing& standing : standings) {
    if (std::find(roles.begin(), roles.end(), standing.role) == roles.end()) roles.push_back(standing.role);
    if (standing.scope == settings::RoleScope::department) scopes["departments"].push_back(standing.at);
    for (const std::string& store : standing.stores) scopes["stores"].push_back(store);
    for (const settings::Permission permission : standing.permissions)
      permissions.insert(domain::to_text(permission));
  }
  return {{"user",
           {{"id", user.user_id},
            {"name", user.name},
            {"roles", roles},
            {"scopes", scopes},
            {"permissions", permissions}}},
          {"csrf", csrf_token_of(token)}};
}

Response too_many_attempts(std::chrono::milliseconds wait) {
  const auto seconds = std::chrono::ceil<std::chrono::seconds>(wait).count();
  return problem(429, domain::Error{"too_many_attempts", "too many attempts; wait a little", ""})
      .with_header("Retry-After", std::to_string(seconds));
}

}  // namespace

SessionResource::SessionResource(const Services& services)
    : services_(services), verifications_(kVerificationsAtOnce) {}

void SessionResource::add_routes(Router& router) {
  router.add("POST", "/api/v1/session", Access::open,
             [this](const Request& request) { return sign_in(request); });
  router.add("GET", "/api/v1/session", Access::staff,
             [this](const Request& request) { return show(request); });
  router.add("DELETE", "/api/v1/session", Access::staff,
             [this](const Request& request) { return sign_out(request); });
  router.add("GET", "/login/{token}", Access::open,
             [this](const Request& request) { return follow_link(request); });
}

Response SessionResource::sign_in(const Request& request) {
  // Without this, another site's page could sign somebody in as somebody else.
  if (!is_same_origin(request, services_.config))
    return problem(403, domain::Error{"wrong_origin", "this request was made by another site", ""});
  JsonBody body(request.body);
  const std::string login = body.required_text("user", domain::kNameLimit);
  const std::string password = body.required_text("password", kLongestPassword);
  if (const auto errors = body.finish(); !errors.empty()) return problem(422, errors);

  const Instant now = services_.clock.now();
  SignInThrottle::Attempt attempt(throttle_, domain::normalise_for_search(login), request.remote_address,
                                  now);
  if (attempt.wait().count() > 0) return too_many_attempts(attempt.wait());
  auto slot = verifications_.take(kLongestWaitToVerify);
  if (!slot) return too_many_attempts(std::chrono::seconds(1));
  const auto user = authenticated(login, password);
  slot.reset();
  if (!user) {
    attempt.failed();
    services_.metrics.count("ccms_logins_total", "result=\"refused\"");
    return problem(401, domain::Error{"wrong_credentials", "user name or password is wrong", ""});
  }
  attempt.succeeded();
  services_.metrics.count("ccms_logins_total", "result=\"ok\"");
  const std::string token = db::with_transaction(services_.database, [&](db::Connection& connection) {
    UserStore(connection).note_login(user->user_id, now);
    Sessions sessions(connection);
    if (const auto former = session_token_of(request, services_.config))
      sessions.end(crypto::sha256_hex(*former));
    return sessions.begin(user->user_id, now);
  });
  return json_response(200, session_json(*user, standings_now(user->roles, services_.settings), token))
      .with_header("Set-Cookie", session_cookie(token, services_.config))
      .with_header("Cache-Control", "no-store");
}

std::optional<User> SessionResource::authenticated(const std::string& login,
                                                   const std::string& password) const {
  std::optional<UserCredentials> credentials;
  {
    const db::Lease reader = services_.database.reader();
    credentials = UserStore(*reader).find_by_login(login);
  }
  // The database is free again before the expensive part.
  if (!credentials || !credentials->user.enabled) {
    spend_verification_time(password);
    return std::nullopt;
  }
  if (!verify_password(password, credentials->password_hash)) return std::nullopt;
  return credentials->user;
}

Response SessionResource::show(const Request& request) const {
  const std::string token = session_token_of(request, services_.config).value_or("");
  std::optional<Session> session;
  {
    const db::Lease reader = services_.database.reader();
    session = Sessions(*reader).find(token, services_.clock.now());
  }
  if (!session)
    return problem(401, domain::Error{"not_signed_in", "the session has ended; sign in again", ""});
  return json_response(200, session_json(session->user, request.principal.standings, token))
      .with_header("Cache-Control", "no-store");
}

Response SessionResource::sign_out(const Request& request) const {
  db::with_transaction(services_.database, [&](db::Connection& connection) {
    Sessions(connection).end(request.principal.session_hash);
  });
  return no_content().with_header("Set-Cookie", expired_session_cookie(services_.config));
}

Response SessionResource::follow_link(const Request& request) const {
  const Instant now = services_.clock.now();
  const auto token =
      db::with_transaction(services_.database, [&](db::Connection& connection) -> std::optional<std::string> {
        const auto user_id = LoginLinks(connection).redeem(request.param("token"), now);
        if (!user_id) return std::nullopt;
        return Sessions(connection).begin(*user_id, now);
      });
  if (!token) return problem(404, domain::Error{"not_found", "this link is not good any more", ""});
  Response response{.status = 303, .content_type = "", .body = "", .headers = {}};
  return response.with_header("Location", "/")
      .with_header("Set-Cookie", session_cookie(*token, services_.config));
}

}  // namespace ccms::server
