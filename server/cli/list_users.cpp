#include <iostream>

#include "core/domain/time.h"
#include "server/app/database.h"
#include "server/cli/commands.h"
#include "server/cli/role_argument.h"
#include "server/store/user_store.h"

namespace ccms::server {

int list_users(const Config& config) {
  const auto database = open_database(config);
  migrate_database(*database);
  const auto lease = database->reader();
  for (const auto& [user, last_sign_in] : UserStore(*lease).list_accounts())
    std::cout << user.login << '\t' << user.name << '\t' << typed_roles(user.roles) << '\t'
              << (user.enabled ? "enabled" : "disabled") << '\t'
              << (last_sign_in ? domain::format_rfc3339(*last_sign_in) : "-") << '\n';
  return 0;
}

}  // namespace ccms::server
