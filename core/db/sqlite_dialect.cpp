#include "core/db/sqlite_dialect.h"

namespace ccms::db {

std::string SqliteDialect::upsert(std::string_view key, const std::vector<std::string>& columns) const {
  std::string clause = " ON CONFLICT(" + std::string(key) + ") DO ";
  if (columns.empty()) return clause + "NOTHING";
  const char* separator = "UPDATE SET ";
  for (const auto& column : columns) {
    clause += separator + column + " = excluded." + column;
    separator = ", ";
  }
  return clause;
}

std::string SqliteDialect::concat(const std::vector<std::string>& parts) const {
  std::string expression = "(";
  for (const auto& part : parts) expression += (expression.size() > 1 ? " || " : "") + part;
  return expression + ")";
}

std::string_view SqliteDialect::token(std::string_view name) const {
  if (name == "id" || name == "name" || name == "text") return "TEXT";
  if (name == "blob") return "BLOB";
  if (name == "int") return "INTEGER";
  if (name == "real") return "REAL";
  if (name == "auto_id") return "INTEGER PRIMARY KEY AUTOINCREMENT";
  if (name == "add_column") return "ADD COLUMN";
  return "";
}

}  // namespace ccms::db
