#pragma once

#include "core/db/dialect.h"

namespace ccms::db {

class SqliteDialect : public Dialect {
 public:
  std::string_view name() const override { return "sqlite"; }
  std::string upsert(std::string_view key, const std::vector<std::string>& columns) const override;
  std::string_view for_update() const override { return ""; }
  std::string concat(const std::vector<std::string>& parts) const override;
  std::string_view table_exists_sql() const override {
    return "SELECT name FROM sqlite_master WHERE type = 'table' AND name = ?";
  }
  bool transactional_schema() const override { return true; }
  std::string_view take_schema_lock_sql() const override { return ""; }
  std::string_view release_schema_lock_sql() const override { return ""; }

 protected:
  std::string_view token(std::string_view name) const override;
};

}  // namespace ccms::db
