#include <iostream>

#include "core/db/transaction.h"
#include "server/app/database.h"
#include "server/cli/commands.h"
#include "server/cli/operator.h"
#include "server/staff/sessions.h"
#include "server/store/user_store.h"

namespace ccms::server {
namespace {

int switch_user(const Config& config, const std::string& login, bool enabled) {
  const auto database = open_database(config);
  migrate_database(*database);
  const auto before = db::with_transaction(*database, [&](db::Connection& connection) {
    auto user = UserStore(connection).set_enabled(login, enabled);
    // When enabling too: a sign-in that was under way while the user was disabled may have left a session.
    if (user && (!enabled || !user->enabled)) Sessions(connection).end_all(user->user_id);
    if (user && user->enabled != enabled) {
      append_audit(connection,
                   {command_line_operator(),
                    enabled ? "user.enabled" : "user.disabled",
                    "user",
                    user->user_id,
                    {{"login", user->login}}},
                   SystemClock().now());
    }
    return user;
  });
  if (!before) {
    std::cerr << "there is no user " << login << '\n';
    return 1;
  }
  const char* const state = enabled ? "enabled" : "disabled";
  if (before->enabled == enabled) {
    std::cout << before->login << " was " << state << " already\n";
    return 0;
  }
  std::cout << before->login << ' ' << state << '\n';
  return 0;
}

}  // namespace

int disable_user(const Config& config, const std::string& login) { return switch_user(config, login, false); }

int enable_user(const Config& config, const std::string& login) { return switch_user(config, login, true); }

}  // namespace ccms::server
