#include <iostream>

#include "core/tz/tz.h"
#include "core/wire/csv_mapping.h"
#include "server/app/database.h"
#include "server/app/services.h"
#include "server/cli/commands.h"
#include "server/cli/files.h"
#include "server/cli/operator.h"
#include "server/ledger/ledger.h"
#include "server/settings/settings_store.h"
#include "server/store/phone_region.h"
#include "server/verification/pending_checks.h"

namespace ccms::server {
namespace {

template <class T>
bool complain(const wire::Parsed<T>& parsed, const std::filesystem::path& file) {
  for (const auto& error : parsed.errors) {
    std::cerr << file.string() << ": " << error.field << ": " << error.message << " (" << error.code << ")\n";
  }
  return !parsed.ok();
}

std::vector<CustomerStatement> statements_of(const std::vector<wire::CustomerRecord>& records,
                                             const PublishedSettings* published) {
  std::vector<CustomerStatement> statements;
  for (const auto& record : records) {
    const auto region = published ? phone_region_of(published->settings, record.store.str()) : "";
    statements.push_back({record.customer, record.at, region, true});
  }
  return statements;
}

}  // namespace

int import_ledger(const Config& config, const std::filesystem::path& file,
                  const std::filesystem::path& mapping_file) {
  const auto mapping_text = read_file_or_complain(mapping_file);
  if (!mapping_text) return 1;
  const auto mapping = wire::parse_csv_mapping(*mapping_text);
  if (complain(mapping, mapping_file)) return 1;
  const auto csv = read_file_or_complain(file);
  if (!csv) return 1;
  const auto transactions = wire::parse_csv_transactions(*csv, *mapping, tz::earliest);
  if (complain(transactions, file)) return 1;
  const auto customers = wire::parse_csv_customers(*csv, *mapping, tz::earliest);
  if (complain(customers, file)) return 1;

  const auto database = open_database(config);
  migrate_database(*database);
  const SystemClock clock;
  SettingsStore settings(*database);
  Ledger ledger(*database);
  note_import(*database, "ledger.imported", file,
              {{"transactions", transactions->size()}, {"customers", customers->size()}}, clock.now());
  ledger.add(*transactions, clock.now());
  std::cout << transactions->size() << " transactions imported\n";

  ledger.add_customers(statements_of(*customers, settings.current().get()));

  // Tickets that waited for these purchases need not wait for the server's next round.
  const Logger log(config.log_level);
  Metrics metrics;
  const Services services{*database, clock, settings, log, metrics, config};
  std::cout << PendingChecks(services, ledger).run_once(clock.now()) << " tickets checked anew\n";
  return 0;
}

}  // namespace ccms::server
