#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/db/connection.h"
#include "server/app/clock.h"
#include "server/staff/user.h"

namespace ccms::server {

/// A user together with what proves that somebody is this user.
struct UserCredentials {
  User user;
  std::string password_hash;
};

/// A user as an operator sees one.
struct UserAccount {
  User user;
  std::optional<Instant> last_sign_in;
};

/// Staff and API clients. Every function throws db::DbError.
class UserStore {
 public:
  explicit UserStore(db::Connection& connection) : connection_(connection) {}

  /// Logins are compared without regard to case and surrounding blanks.
  std::optional<UserCredentials> find_by_login(std::string_view login);
  std::optional<User> find(const std::string& user_id);
  /// Everybody who may sign in, by name.
  std::vector<User> list();
  /// Of these, whoever holds one of the grants, and at worst somebody else too; a grant without a scope
  /// stands for every scope.
  std::vector<User> list_holding(const std::vector<RoleGrant>& grants);

  /// Somebody, those who left too. With for_update the row stays locked until the transaction ends.
  std::optional<UserAccount> find_account(const std::string& user_id, bool for_update = false);
  /// As list(), each row locked until the transaction ends.
  std::vector<User> lock_all();

  /// Everybody who has not left, by login, those who are disabled too.
  std::vector<UserAccount> list_accounts();

  /// Throws db::DbError(unique_violation) when the login is taken.
  void insert(const User& user, const std::string& password_hash, Instant now);
  /// Overwrites name, e-mail, roles and password of the user with this login; who is disabled stays so.
  /// False: there is none.
  bool update_by_login(const User& user, const std::string& password_hash);
  /// Overwrites name, e-mail, roles, enabled and removed_at of a user whose row is locked, and counts
  /// `version` up, in `user` too. Who left gives the login back.
  void update(User& user);
  /// Returns the user as they were before; nothing when there is none. Their sessions are left to the caller.
  std::optional<User> set_enabled(std::string_view login, bool enabled);
  void note_login(const std::string& user_id, Instant now);

  std::optional<ApiClient> find_client_by_key(const std::string& key_hash);
  /// By name, those without a good key too.
  std::vector<ApiClient> list_clients();
  std::optional<ApiClient> find_enabled_client(const std::string& name);
  /// False: no client of this name has a good key.
  bool revoke_client(const std::string& name);
  void insert_client(const ApiClient& client, const std::string& key_hash, Instant now);

 private:
  std::vector<User> read_users(const std::string& sql, const db::Params& params = {});
  std::vector<User> enabled_users(std::string_view locking);

  db::Connection& connection_;
};

}  // namespace ccms::server
