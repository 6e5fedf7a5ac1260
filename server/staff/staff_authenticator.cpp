#include "server/staff/staff_authenticator.h"

#include <string_view>

#include "core/crypto/digest.h"
#include "core/db/transaction.h"
#include "server/http/problem.h"
#include "server/staff/cookies.h"
#include "server/staff/origin.h"
#include "server/staff/sessions.h"
#include "server/staff/standings.h"
#include "server/store/user_store.h"

namespace ccms::server {
namespace {

constexpr std::string_view kBearer = "Bearer ";

bool changes_something(const std::string& method) { return method != "GET" && method != "HEAD"; }

Response refuse(int status, const char* code, const char* message) {
  Response response = problem(status, domain::Error{code, message, ""});
  if (status == 401) response.with_header("WWW-Authenticate", "Bearer realm=\"ccms\"");
  return response;
}

}  // namespace

Authentication StaffAuthenticator::authenticate(const Request& request) {
  if (const auto header = request.header("Authorization"); header && header->starts_with(kBearer))
    return by_key(header->substr(kBearer.size()));
  return by_session(request);
}

Authentication StaffAuthenticator::by_key(const std::string& key) const {
  if (clients_ == Clients::refused) return refuse(403, "staff_only", "this is for people who are signed in");
  std::optional<ApiClient> client;
  {
    const db::Lease reader = services_.database.reader();
    client = UserStore(*reader).find_client_by_key(crypto::sha256_hex(key));
  }
  if (!client || !client->enabled) return refuse(401, "bad_api_key", "this API key is not known");
  Principal principal;
  principal.kind = Principal::Kind::client;
  principal.id = client->client_id;
  principal.name = client->name;
  principal.standings = standings_now(client->roles, services_.settings);
  return principal;
}

Authentication StaffAuthenticator::by_session(const Request& request) const {
  const auto token = session_token_of(request, services_.config);
  if (!token) return refuse(401, "not_signed_in", "sign in first");
  const Instant now = services_.clock.now();
  std::optional<Session> session;
  {
    const db::Lease reader = services_.database.reader();
    session = Sessions(*reader).find(*token, now);
  }
  if (!session) return refuse(401, "not_signed_in", "the session has ended; sign in again");

  if (changes_something(request.method)) {
    if (!is_same_origin(request, services_.config))
      return refuse(403, "wrong_origin", "this request was made by another site");
    if (!crypto::equal_secrets(request.header("X-CSRF-Token").value_or(""), csrf_token_of(*token)))
      return refuse(403, "csrf_token_missing", "the header X-CSRF-Token is missing or wrong");
  }
  if (session->touch_due(now)) {
    db::with_transaction(services_.database, [&](db::Connection& connection) {
      Sessions(connection).touch(session->token_hash, now);
    });
  }
  Principal principal;
  principal.kind = Principal::Kind::staff;
  principal.id = session->user.user_id;
  principal.name = session->user.name;
  principal.standings = standings_now(session->user.roles, services_.settings);
  principal.session_hash = session->token_hash;
  return principal;
}

}  // namespace ccms::server
