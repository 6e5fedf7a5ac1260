#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/db/database.h"

namespace ccms::db {

/// One step in a schema's life. Statements are written with the tokens of Dialect::expand(). A statement
/// that has been run anywhere is never edited: checksums are compared at every start.
///
/// Where schema statements commit by themselves (MariaDB), progress is noted after each statement, and a
/// crash between a schema statement and its note runs that one again. So write `CREATE TABLE IF NOT EXISTS`,
/// `CREATE INDEX IF NOT EXISTS` and `ALTER TABLE t {{add_column}} …`; other statements run exactly once.
struct Migration {
  std::int64_t version;  ///< ascending from 1, without gaps
  std::string name;
  std::vector<std::string> statements;
};

/// What a database says about itself, read without changing a byte of it.
struct SchemaState {
  std::int64_t version = 0;  ///< the highest migration that was begun; 0: an empty or absent database
};

/// Throws DbError.
SchemaState inspect_schema(const Connector& connector, const std::string& schema_table = "schema_version");

/// Brings the schema up to the last of `migrations`; several processes may do so at the same time. Call it
/// before anything else borrows a connection. Returns how many migrations were run or finished. Throws
/// DbError(schema_mismatch), with nothing touched, when the database is newer than `migrations` or when an
/// applied migration differs from the one given.
std::size_t migrate(Database& database, const std::vector<Migration>& migrations,
                    const std::string& schema_table = "schema_version");

}  // namespace ccms::db
