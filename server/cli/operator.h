#pragma once

#include <filesystem>

#include "core/db/database.h"
#include "server/store/audit_log.h"

namespace ccms::server {

/// Who types: the account of this process on the machine, for the audit log.
AuditActor command_line_operator();

/// Notes in the audit log that a file was taken in, under its name, 64 characters of it. Throws db::DbError.
void note_import(db::Database& database, const std::string& action, const std::filesystem::path& file,
                 nlohmann::json details, Instant now);

}  // namespace ccms::server
