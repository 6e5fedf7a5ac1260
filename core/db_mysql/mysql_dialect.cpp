#include "core/db_mysql/mysql_dialect.h"

namespace ccms::db {

std::string MysqlDialect::upsert(std::string_view key, const std::vector<std::string>& columns) const {
  std::string clause = " ON DUPLICATE KEY UPDATE ";
  // Setting a key column to itself changes nothing, and unlike INSERT IGNORE hides no other error.
  const auto first_key = std::string(key.substr(0, key.find(',')));
  if (columns.empty()) return clause + first_key + " = " + first_key;
  const char* separator = "";
  for (const auto& column : columns) {
    clause += separator + column + " = VALUES(" + column + ")";
    separator = ", ";
  }
  return clause;
}

std::string MysqlDialect::concat(const std::vector<std::string>& parts) const {
  std::string expression = "CONCAT(";
  const char* separator = "";
  for (const auto& part : parts) {
    expression += separator + part;
    separator = ", ";
  }
  return expression + ")";
}

std::string_view MysqlDialect::token(std::string_view name) const {
  if (name == "id") return "VARCHAR(64) CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin";
  if (name == "name") return "VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin";
  // TEXT and BLOB, never longer ones: Poco reserves memory for the longest possible value.
  if (name == "text") return "TEXT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin";
  if (name == "blob") return "BLOB";
  if (name == "int") return "BIGINT";
  if (name == "real") return "DOUBLE";
  if (name == "auto_id") return "BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY";
  if (name == "add_column") return "ADD COLUMN IF NOT EXISTS";
  if (name == "table") return " ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin";
  return "";
}

}  // namespace ccms::db
