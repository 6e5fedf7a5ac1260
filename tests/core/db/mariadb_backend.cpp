#include "tests/core/db/mariadb_backend.h"

#include "tests/support/services/mariadb_service.h"

namespace ccms::db::test {
namespace {

class MariaDbBackend : public Backend {
 public:
  std::shared_ptr<const Connector> connector() const override { return mysql_connector(config_); }
  bool many_writers() const override { return true; }

 private:
  const MysqlConfig config_ = fresh_mariadb();
};

}  // namespace

MysqlConfig fresh_mariadb() {
  const auto address = ccms::test::MariaDbService::shared().fresh_database();
  MysqlConfig config;
  config.host = address.host;
  config.port = address.port;
  config.user = address.user;
  config.password = address.password;
  config.database = address.database;
  config.connections = 2;
  config.lock_wait_timeout = std::chrono::seconds(1);
  return config;
}

std::unique_ptr<Backend> make_backend() { return std::make_unique<MariaDbBackend>(); }

}  // namespace ccms::db::test
