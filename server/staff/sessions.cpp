#include "server/staff/sessions.h"

#include "core/crypto/digest.h"
#include "core/crypto/random.h"

namespace ccms::server {
namespace {

constexpr std::size_t kTokenBytes = 32;
// A write for every request would make reading as dear as writing.
constexpr std::chrono::minutes kTouchEvery{1};

}  // namespace

std::string new_token() { return crypto::hex_encode(crypto::random_bytes(kTokenBytes)); }

std::string csrf_token_of(std::string_view session_token) {
  return crypto::hex_encode(domain::bytes_view(crypto::hmac_sha256(session_token, "ccms-csrf-1")));
}

std::string Sessions::begin(const std::string& user_id, Instant now) {
  std::string token = new_token();
  connection_.execute(
      "INSERT INTO sessions (token_hash, user_id, created_at, last_used_at, expires_at) VALUES (?, ?, ?, ?, "
      "?)",
      {crypto::sha256_hex(token), user_id, to_epoch_ms(now), to_epoch_ms(now),
       to_epoch_ms(now + kLongestLife)});
  return token;
}

std::optional<Session> Sessions::find(std::string_view token, Instant now) {
  const std::string token_hash = crypto::sha256_hex(token);
  const db::Rows rows = connection_.query(
      "SELECT u.user_id, u.login, u.name, u.email, u.roles, s.last_used_at FROM sessions s JOIN users u ON "
      "u.user_id = s.user_id "
      "WHERE s.token_hash = ? AND s.expires_at > ? AND s.last_used_at > ? AND u.enabled = 1",
      {token_hash, to_epoch_ms(now), to_epoch_ms(now - kIdleLife)});
  if (rows.empty()) return std::nullopt;
  const db::Row row = rows.front();
  return Session{User{row.text("user_id"), row.text("login"), row.text("name"), row.optional_text("email"),
                      roles_from_json(row.text("roles")), true},
                 token_hash, from_epoch_ms(row.integer("last_used_at"))};
}

bool Session::touch_due(Instant now) const { return last_used_at <= now - kTouchEvery; }

void Sessions::touch(const std::string& token_hash, Instant now) {
  connection_.execute("UPDATE sessions SET last_used_at = ? WHERE token_hash = ? AND last_used_at < ?",
                      {to_epoch_ms(now), token_hash, to_epoch_ms(now)});
}

void Sessions::end(const std::string& token_hash) {
  connection_.execute("DELETE FROM sessions WHERE token_hash = ?", {token_hash});
}

void Sessions::end_all(const std::string& user_id) {
  connection_.execute("DELETE FROM sessions WHERE user_id = ?", {user_id});
}

std::int64_t Sessions::remove_ended(Instant now) {
  return connection_.execute("DELETE FROM sessions WHERE expires_at <= ? OR last_used_at <= ?",
                             {to_epoch_ms(now), to_epoch_ms(now - kIdleLife)});
}

std::string LoginLinks::issue(const std::string& user_id, Instant now) {
  std::string token = new_token();
  connection_.execute(
      "INSERT INTO login_links (token_hash, user_id, expires_at, used_at) VALUES (?, ?, ?, NULL)",
      {crypto::sha256_hex(token), user_id, to_epoch_ms(now + kLife)});
  return token;
}

std::optional<std::string> LoginLinks::redeem(std::string_view token, Instant now) {
  const std::string token_hash = crypto::sha256_hex(token);
  const auto used = connection_.execute(
      "UPDATE login_links SET used_at = ? WHERE token_hash = ? AND used_at IS NULL AND expires_at > ?",
      {to_epoch_ms(now), token_hash, to_epoch_ms(now)});
  if (used != 1) return std::nullopt;
  return connection_.query("SELECT user_id FROM login_links WHERE token_hash = ?", {token_hash})
      .front()
      .text("user_id");
}

}  // namespace ccms::server
