#include "server/store/user_store.h"

#include "core/domain/text.h"

namespace ccms::server {
namespace {

constexpr std::string_view kUserColumns = "SELECT user_id, login, name, email, roles, enabled";

std::string normalised_login(std::string_view login) { return domain::normalise_for_search(login); }

User read_user(const db::Row& row) {
  return {row.text("user_id"),
          row.text("login"),
          row.text("name"),
          row.optional_text("email"),
          roles_from_json(row.text("roles")),
          row.boolean("enabled")};
}

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

std::vector<User> UserStore::list() {
  std::vector<User> users;
  for (const db::Row row : connection_.query(std::string(kUserColumns) +
                                             " FROM users WHERE enabled = 1 ORDER BY name, user_id")) {
    users.push_back(read_user(row));
  }
  return users;
}

std::vector<UserAccount> UserStore::list_accounts() {
  std::vector<UserAccount> accounts;
  for (const db::Row row :
       connection_.query(std::string(kUserColumns) + ", last_login_at FROM users ORDER BY login")) {
    UserAccount account{read_user(row), std::nullopt};
    if (const auto last = row.optional_integer("last_login_at")) account.last_sign_in = from_epoch_ms(*last);
    accounts.push_back(std::move(account));
  }
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
             "UPDATE users SET name = ?, email = ?, roles = ?, password_hash = ? WHERE login = ?",
             {user.name, user.email, roles_to_json(user.roles), password_hash,
              normalised_login(user.login)}) == 1;
}

std::optional<User> UserStore::set_enabled(std::string_view login, bool enabled) {
  auto known = find_by_login(login);
  if (!known) return std::nullopt;
  connection_.execute("UPDATE users SET enabled = ? WHERE user_id = ?",
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
