#pragma once

#include <memory>

#include "core/db/database.h"
#include "server/app/config.h"

namespace ccms::server {

/// serving: of a server at work, which gives up a MariaDB that hangs; command: of everything else.
enum class DatabaseUse { command, serving };

/// The database that the configuration names, not yet touched. For SQLite folder and file are made, readable
/// by this account alone; beside another process that keeps it, it is opened without moving its log.
std::unique_ptr<db::Database> open_database(const Config& config, DatabaseUse use = DatabaseUse::command);

/// Brings the schema up to date; returns how many migrations ran. Throws db::DbError, (schema_mismatch) for a
/// database of newer code.
std::size_t migrate_database(db::Database& database);

}  // namespace ccms::server
