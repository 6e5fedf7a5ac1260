#include <iostream>

#include "core/db/transaction.h"
#include "server/app/clock.h"
#include "server/app/database.h"
#include "server/cli/commands.h"
#include "server/cli/operator.h"
#include "server/settings/settings_store.h"
#include "server/tills/enrolment_codes.h"

namespace ccms::server {

int migrate(const Config& config) {
  const auto database = open_database(config);
  std::cout << migrate_database(*database) << " migration(s) applied\n";
  return 0;
}

int issue_till_code(const Config& config, const std::string& till) {
  const auto database = open_database(config);
  migrate_database(*database);
  SettingsStore settings(*database);
  const auto published = settings.current();
  if (!published) {
    std::cerr << "publish settings first: they say which till stands in which store\n";
    return 1;
  }
  const auto* store = published->settings.find_store_of_till(till);
  if (!store) {
    std::cerr << "the settings know no till " << till << '\n';
    return 1;
  }
  std::cout << db::with_transaction(*database, [&](db::Connection& connection) {
    const Instant now = SystemClock().now();
    append_audit(connection,
                 {command_line_operator(), "till.code_made", "till", till, {{"store", store->id}}}, now);
    return issue_enrolment_code(connection, store->id, till, now);
  }) << '\n';
  return 0;
}

}  // namespace ccms::server
