#include <iostream>

#include "core/domain/time.h"
#include "server/app/database.h"
#include "server/cli/commands.h"
#include "server/store/audit_log.h"

namespace ccms::server {

int list_audit(const Config& config, std::int64_t last) {
  const auto database = open_database(config);
  migrate_database(*database);
  const auto lease = database->reader();
  for (const auto& record : read_audit(*lease, {}, last)) {
    const AuditEntry& entry = record.entry;
    std::cout << domain::format_rfc3339(record.at) << '\t' << entry.actor.name << '\t' << entry.actor.id
              << '\t' << entry.actor.via << '\t' << entry.action << '\t' << entry.subject_kind << ' '
              << entry.subject_id << '\t' << entry.details.dump() << '\n';
  }
  return 0;
}

}  // namespace ccms::server
