#include <iostream>

#include "core/crypto/digest.h"
#include "core/db/transaction.h"
#include "server/app/clock.h"
#include "server/app/database.h"
#include "server/app/identifiers.h"
#include "server/cli/commands.h"
#include "server/cli/operator.h"
#include "server/cli/role_argument.h"
#include "server/settings/settings_store.h"
#include "server/staff/sessions.h"
#include "server/store/user_store.h"

namespace ccms::server {
int add_client(const Config& config, const ClientWish& wish) {
  const auto database = open_database(config);
  migrate_database(*database);
  const auto roles = parse_roles_or_complain(wish.roles, SettingsStore(*database).current().get());
  if (!roles) return 1;
  const Instant now = SystemClock().now();
  const std::string key = new_token();
  const bool added = db::with_transaction(*database, [&](db::Connection& connection) {
    UserStore users(connection);
    // Another key under the same name could not be told from this one when it is to be revoked.
    if (users.find_enabled_client(wish.name)) return false;
    const std::string id = new_uuid(now);
    users.insert_client({id, wish.name, *roles, true}, crypto::sha256_hex(key), now);
    append_audit(connection,
                 {command_line_operator(),
                  "client.added",
                  "client",
                  id,
                  {{"name", wish.name}, {"roles", grants_json(*roles)}}},
                 now);
    return true;
  });
  if (!added) {
    std::cerr << wish.name << " has a key; revoke it first, or take another name\n";
    return 1;
  }
  std::cerr << "The key of " << wish.name << " is shown this once:\n";
  std::cout << key << '\n';
  return 0;
}

int list_clients(const Config& config) {
  const auto database = open_database(config);
  migrate_database(*database);
  const auto lease = database->reader();
  for (const auto& client : UserStore(*lease).list_clients())
    std::cout << client.name << '\t' << typed_roles(client.roles) << '\t'
              << (client.enabled ? "active" : "revoked") << '\n';
  return 0;
}

int revoke_client(const Config& config, const std::string& name) {
  const auto database = open_database(config);
  migrate_database(*database);
  const bool revoked = db::with_transaction(*database, [&](db::Connection& connection) {
    UserStore users(connection);
    const auto client = users.find_enabled_client(name);
    if (!client || !users.revoke_client(name)) return false;
    append_audit(connection,
                 {command_line_operator(), "client.revoked", "client", client->client_id, {{"name", name}}},
                 SystemClock().now());
    return true;
  });
  if (!revoked) {
    std::cerr << "there is no client " << name << " with a key\n";
    return 1;
  }
  std::cout << name << " revoked\n";
  return 0;
}

}  // namespace ccms::server
