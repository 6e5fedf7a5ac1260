#include <iostream>

#include "core/db/transaction.h"
#include "server/app/database.h"
#include "server/cli/commands.h"
#include "server/cli/operator.h"
#include "server/tills/till_records.h"

namespace ccms::server {
namespace {

int switch_till(const Config& config, const std::string& till, bool enabled) {
  const auto database = open_database(config);
  migrate_database(*database);
  const auto before = db::with_transaction(*database, [&](db::Connection& connection) {
    auto former = set_till_enabled(connection, till, enabled);
    if (former && former->enabled != enabled)
      append_audit(connection,
                   {command_line_operator(), enabled ? "till.enabled" : "till.disabled", "till", till},
                   SystemClock().now());
    return former;
  });
  if (!before) {
    std::cerr << "no till " << till << " is enrolled\n";
    return 1;
  }
  const char* const state = enabled ? "enabled" : "disabled";
  if (before->enabled == enabled) {
    std::cout << till << " was " << state << " already\n";
    return 0;
  }
  std::cout << till << ' ' << state << '\n';
  return 0;
}

}  // namespace

int disable_till(const Config& config, const std::string& till) { return switch_till(config, till, false); }

int enable_till(const Config& config, const std::string& till) { return switch_till(config, till, true); }

}  // namespace ccms::server
