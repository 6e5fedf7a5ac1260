#include "server/store/user_store.h"

#include "core/domain/text.h"
#include "server/store/sql_fragment.h"

namespace ccms::server {
namespace {

constexpr std::string_view kUserColumns =
    "SELECT user_id, login, name, email, roles, enabled, version, removed_at";

std::string normalised_login(std::string_view login) { return domain::normalise_for_search(login); }

std::optional<Instant> instant_of(const db::Row& row, std::string_view column) {
  const auto ms = row.optional_integer(column);
  return ms ? std::optional(from_epoch_ms(*ms)) : std::nullopt;
}

User read_user(const db::Row& row) {
  return {row.text("user_id"),
          row.text("login"),
          row.text("name"),
          row.optional_text("email"),
          roles_from_json(row.text("roles")),
          row.boolean("enabled"),
          row.integer("version"),
          instant_of(row, "removed_at")};
}

/// What the text of roles_to_json() holds where the grant is among them. An id's underscores stand for any
/// character here, which finds too much and never too little.
std::string pattern_of(const RoleGrant& grant) {
  std::string text = roles_to_json({grant});
  text = text.substr(1, text.size() - 2);  // without the list around it
  const std::string any_scope = "\"\"}";
  if (grant.scope.empty()) text.erase(text.size() - any_scope.size());
  return "%" + text + "%";
}

UserAccount read_account(const db::Row& row) { return {read_user(row), instant_of(row, "last_login_at")}; }

constexpr std::string_view kClientColumns = "SELECT client_id, name, roles, enabled FROM api_clients";

ApiClient read_client(const db::Row& row) {
  return {row.text("client_id"), row.text("name"), roles_from_json(row.text("roles")),
          row.boolean("enabled")};
}

}  // namespace

std::optional<UserCredentials> UserStore::find_by_login(std::string_view login) {
  const db::Rows rows = connection_.query(
      std::string(kUserColumns) + ", password_hash FROM users WHERE login = ?", {normalised_login(login)});
  if (rows.empty()) return std::nullopt;
  return UserCredentials{read_user(rows.front()), rows.front().text("password_hash")};
}

std::optional<User> UserStore::find(const std::string& user_id) {
  const db::Rows rows =
      connection_.query(std::string(kUserColumns) + " FROM users WHERE user_id = ?", {user_id});
  if (rows.empty()) return std::nullopt;
  return read_user(rows.front());
}

std::optional<UserAccount> UserStore::find_account(const std::string& user_id, bool for_update) {
  std::string sql = std::string(kUserColumns) + ", last_login_at FROM users WHERE user_id = ?";
  if (for_update) sql += connection_.dialect().for_update();
  const db::Rows rows = connection_.query(sql, {user_id});
  if (rows.empty()) return std::nullopt;
  return read_account(rows.front());
}

std::vector<User> UserStore::list() { return enabled_users(""); }

std::vector<User> UserStore::lock_all() { return enabled_users(connection_.dialect().for_update()); }

std::vector<User> UserStore::list_holding(const std::vector<RoleGrant>& grants) {
  if (grants.empty()) return {};
  SqlFragment sql;
  sql.add(kUserColumns).add(" FROM users WHERE enabled = 1 AND (");
  for (std::size_t i = 0; i < grants.size(); ++i)
    sql.add(i == 0 ? "roles LIKE ?" : " OR roles LIKE ?", pattern_of(grants[i]));
  sql.add(") ORDER BY name, user_id");
  return read_users(sql.text, sql.params);
}

std::vector<User> UserStore::enabled_users(std::string_view locking) {
  std::string sql = std::string(kUserColumns) + " FROM users WHERE enabled = 1 ORDER BY name, user_id";
  sql += locking;
  return read_users(sql);
}

std::vector<User> UserStore::read_users(const std::string& sql, const db::Params& params) {
  std::vector<User> users;
  for (const db::Row row : connection_.query(sql, params)) users.push_back(read_user(row));
  return users;
}

std::vector<UserAccount> UserStore::list_accounts() {
  std::vector<UserAccount> accounts;
  for (const db::Row row : connection_.query(
           std::string(kUserColumns) + ", last_login_at FROM users WHERE removed_at IS NULL ORDER BY login"))
    accounts.push_back(read_account(row));
  return accounts;
}

void UserStore::insert(const User& user, const std::string& password_hash, Instant now) {
  connection_.execute(
      "INSERT INTO users (user_id, login, name, email, password_hash, roles, enabled, created_at) "
      "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
      {user.user_id, normalised_login(user.login), user.name, user.email, password_hash,
       roles_to_json(user.roles), user.enabled ? 1 : 0, to_epoch_ms(now)});
}

bool UserStore::update_by_login(const User& user, const std::string& password_hash) {
  return connection_.execute(
             "UPDATE users SET name = ?, email = ?, roles = ?, password_hash = ?, version = version + 1 "
             "WHERE login = ?",
             {user.name, user.email, roles_to_json(user.roles), password_hash,
              normalised_login(user.login)}) == 1;
}

void UserStore::update(User& user) {
  // Nobody signs in by such a name, and somebody else may have the former one.
  if (user.removed_at) user.login = "removed:" + user.user_id;
  ++user.version;
  const auto removed_at = user.removed_at ? std::optional(to_epoch_ms(*user.removed_at)) : std::nullopt;
  connection_.execute(
      "UPDATE users SET login = ?, name = ?, email = ?, roles = ?, enabled = ?, removed_at = ?, version = ? "
      "WHERE user_id = ?",
      {user.login, user.name, user.email, roles_to_json(user.roles), user.enabled ? 1 : 0, removed_at,
       user.version, user.user_id});
}

std::optional<User> UserStore::set_enabled(std::string_view login, bool enabled) {
  auto known = find_by_login(login);
  if (!known) return std::nullopt;
  connection_.execute("UPDATE users SET enabled = ?, version = version + 1 WHERE user_id = ?",
                      {enabled ? 1 : 0, known->user.user_id});
  return std::move(known->user);
}

void UserStore::note_login(const std::string& user_id, Instant now) {
  connection_.execute("UPDATE users SET last_login_at = ? WHERE user_id = ?", {to_epoch_ms(now), user_id});
}

std::optional<ApiClient> UserStore::find_client_by_key(const std::string& key_hash) {
  const db::Rows rows = connection_.query(std::string(kClientColumns) + " WHERE key_hash = ?", {key_hash});
  if (rows.empty()) return std::nullopt;
  return read_client(rows.front());
}

std::vector<ApiClient> UserStore::list_clients() {
  std::vector<ApiClient> clients;
  for (const db::Row row :
       connection_.query(std::string(kClientColumns) + " ORDER BY name, created_at, client_id"))
    clients.push_back(read_client(row));
  return clients;
}

std::optional<ApiClient> UserStore::find_enabled_client(const std::string& name) {
  const db::Rows rows =
      connection_.query(std::string(kClientColumns) + " WHERE name = ? AND enabled = 1", {name});
  if (rows.empty()) return std::nullopt;
  return read_client(rows.front());
}

bool UserStore::revoke_client(const std::string& name) {
  return connection_.execute("UPDATE api_clients SET enabled = 0 WHERE name = ? AND enabled = 1", {name}) > 0;
}

void UserStore::insert_client(const ApiClient& client, const std::string& key_hash, Instant now) {
  connection_.execute(
      "INSERT INTO api_clients (client_id, name, key_hash, roles, enabled, created_at) VALUES (?, ?, ?, ?, "
      "?, ?)",
      {client.client_id, client.name, key_hash, roles_to_json(client.roles), client.enabled ? 1 : 0,
       to_epoch_ms(now)});
}

}  // namespace ccms::server
