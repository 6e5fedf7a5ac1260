#pragma once

#include <memory>

#include "core/db/database.h"
#include "server/app/config.h"

namespace ccms::server {

/// The database that the configuration names, not yet touched. For SQLite the data folder is made.
std::unique_ptr<db::Database> open_database(const Config& config);

/// Brings the schema up to date; returns how many migrations ran. Throws db::DbError, (schema_mismatch) for a
/// database of newer code.
std::size_t migrate_database(db::Database& database);

}  // namespace ccms::server
