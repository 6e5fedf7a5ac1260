#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "core/db/connection.h"
#include "server/app/clock.h"
#include "server/staff/user.h"

namespace ccms::server {

/// A 256-bit random token in hexadecimal: session cookies, API keys, login links. Only its SHA-256 is stored,
/// so that a copy of the database signs nobody in.
std::string new_token();

/// What the browser sends back with every change, made from the session's token: it needs no storage, and who
/// cannot read the cookie cannot make it.
std::string csrf_token_of(std::string_view session_token);

/// A session that is still good.
struct Session {
  User user;
  std::string token_hash;
  Instant last_used_at{};

  /// Whether noting the use is worth a write.
  bool touch_due(Instant now) const;
};

/// Sessions of staff. They end after a time without use, after a longest life, at logout and when the user is
/// disabled. Functions throw db::DbError.
class Sessions {
 public:
  static constexpr std::chrono::hours kIdleLife{2};
  static constexpr std::chrono::hours kLongestLife{12};

  explicit Sessions(db::Connection& connection) : connection_(connection) {}

  /// Always a new one: a token from before the login is never taken over. Returns the token.
  std::string begin(const std::string& user_id, Instant now);
  std::optional<Session> find(std::string_view token, Instant now);
  /// Notes that the session was used just now.
  void touch(const std::string& token_hash, Instant now);
  void end(const std::string& token_hash);
  /// Ends every session of a user, as when the password is changed or the user is disabled.
  void end_all(const std::string& user_id);
  /// Removes sessions that ended; returns how many.
  std::int64_t remove_ended(Instant now);

 private:
  db::Connection& connection_;
};

/// One-time links that sign somebody in without a password, for the demonstration's personas.
class LoginLinks {
 public:
  static constexpr std::chrono::minutes kLife{10};

  explicit LoginLinks(db::Connection& connection) : connection_(connection) {}

  /// Returns the token.
  std::string issue(const std::string& user_id, Instant now);
  /// The user's id, once; nothing for an unknown, used or old token.
  std::optional<std::string> redeem(std::string_view token, Instant now);

 private:
  db::Connection& connection_;
};

}  // namespace ccms::server
