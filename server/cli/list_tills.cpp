#include <iostream>

#include "core/domain/time.h"
#include "server/app/database.h"
#include "server/cli/commands.h"
#include "server/tills/till_records.h"

namespace ccms::server {

int list_tills(const Config& config) {
  const auto database = open_database(config);
  migrate_database(*database);
  const auto lease = database->reader();
  for (const auto& [till, last_sync_at] : all_tills(*lease))
    std::cout << till.till << '\t' << till.store << '\t' << (till.enabled ? "enabled" : "disabled") << '\t'
              << (last_sync_at ? domain::format_rfc3339(*last_sync_at) : "-") << '\n';
  return 0;
}

}  // namespace ccms::server
