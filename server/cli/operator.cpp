#include "server/cli/operator.h"

#include <pwd.h>
#include <unistd.h>

#include <string>
#include <utility>

#include "core/db/transaction.h"
#include "core/domain/text.h"
#include "server/cli/settings_output.h"

namespace ccms::server {
namespace {

/// As the audit log can keep it.
std::string name_of(const std::filesystem::path& file) {
  constexpr std::size_t limit = 64;  // of its column
  const std::string name = file.filename().string();
  return domain::is_valid_utf8(name) ? std::string(domain::truncate_code_points(name, limit)) : "?";
}

}  // namespace

AuditActor command_line_operator() {
  const uid_t account = geteuid();
  const passwd* const entry = getpwuid(account);
  return {"operator", entry != nullptr ? entry->pw_name : std::to_string(account), kCommandLineUser, "cli"};
}

void note_import(db::Database& database, const std::string& action, const std::filesystem::path& file,
                 nlohmann::json details, Instant now) {
  const AuditEntry entry{command_line_operator(), action, "file", name_of(file), std::move(details)};
  db::with_transaction(database, [&](db::Connection& connection) { append_audit(connection, entry, now); });
}

}  // namespace ccms::server
