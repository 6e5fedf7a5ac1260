#pragma once

#include "core/db/dialect.h"

namespace ccms::db {

class MysqlDialect : public Dialect {
 public:
  std::string_view name() const override { return "mariadb"; }
  std::string upsert(std::string_view key, const std::vector<std::string>& columns) const override;
  std::string_view for_update() const override { return " FOR UPDATE"; }
  std::string concat(const std::vector<std::string>& parts) const override;
  std::string_view table_exists_sql() const override {
    return "SELECT table_name AS name FROM information_schema.tables "
           "WHERE table_schema = DATABASE() AND table_name = ?";
  }
  bool transactional_schema() const override { return false; }
  // Named after the database, as such locks belong to the whole server.
  std::string_view take_schema_lock_sql() const override {
    return "SELECT GET_LOCK(CONCAT('ccms_schema.', LEFT(DATABASE(), 50)), 60) AS taken";
  }
  std::string_view release_schema_lock_sql() const override {
    return "SELECT RELEASE_LOCK(CONCAT('ccms_schema.', LEFT(DATABASE(), 50))) AS released";
  }

 protected:
  std::string_view token(std::string_view name) const override;
};

}  // namespace ccms::db
