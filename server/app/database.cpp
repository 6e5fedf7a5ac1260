#include "server/app/database.h"

#include "core/db/migrations.h"
#include "core/db/sqlite_connector.h"
#include "core/db_mysql/mysql_connector.h"
#include "server/store/schema.h"

namespace ccms::server {
namespace {

std::shared_ptr<const db::Connector> connector_of(const DatabaseConfig& config) {
  if (config.kind == DatabaseConfig::Kind::mariadb) {
    return db::mysql_connector({.host = config.host,
                                .port = config.port,
                                .user = config.user,
                                .password = config.password.reveal(),
                                .database = config.name,
                                .connections = config.connections});
  }
  std::filesystem::create_directories(std::filesystem::absolute(config.path).parent_path());
  return db::sqlite_connector({.path = config.path, .readers = config.connections});
}

}  // namespace

std::unique_ptr<db::Database> open_database(const Config& config) {
  return std::make_unique<db::Database>(connector_of(config.database));
}

std::size_t migrate_database(db::Database& database) { return db::migrate(database, server_migrations()); }

}  // namespace ccms::server
