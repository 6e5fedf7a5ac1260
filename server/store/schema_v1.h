#pragma once

#include <string_view>

namespace ccms::server {

/// The first schema of the server, statements separated by `;`. Rules it follows:
///  - Times are UTC epoch milliseconds in BIGINT and end `_at`; identifiers are text compared byte by byte.
///  - JSON lives in TEXT, captures in BLOB, both at most 64 kB: MariaDB's LONGTEXT, LONGBLOB and JSON cannot
///  be read
///    through Poco 1.11, and MEDIUMTEXT is slow. What may be longer is cut into parts.
///  - Keys are made by the application, so that no statement needs RETURNING.
///  - A statement may be run again after a crash in the middle of the migration: IF NOT EXISTS everywhere.
/// The {{tokens}} are those of db::Dialect::expand().
extern const std::string_view kSchemaV1;

}  // namespace ccms::server
