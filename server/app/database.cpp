#include "server/app/database.h"

#include <fcntl.h>
#include <unistd.h>

#include <filesystem>
#include <system_error>

#include "core/db/migrations.h"
#include "core/db/sqlite_connector.h"
#include "core/db_mysql/mysql_connector.h"
#include "server/app/database_lock.h"
#include "server/store/schema.h"

namespace ccms::server {
namespace {

namespace fs = std::filesystem;

/// Longer than any statement of a server at work takes.
constexpr std::chrono::seconds kLongestAnswer{60};

/// The file holds customers, password digests and the key that signs what tills believe: nobody else on the
/// machine reads it. SQLite gives the files beside it the same permissions.
void keep_private(const fs::path& file) {
  const int fd = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (fd < 0) return;  // opening it as a database says why
  ::close(fd);
  std::error_code not_ours;
  for (const char* beside : {"", "-wal", "-shm"})
    fs::permissions(file.string() + beside, fs::perms::owner_read | fs::perms::owner_write, not_ours);
}

std::shared_ptr<const db::Connector> connector_of(const DatabaseConfig& config, DatabaseUse use) {
  if (config.kind == DatabaseConfig::Kind::mariadb) {
    return db::mysql_connector(
        {.host = config.host,
         .port = config.port,
         .user = config.user,
         .password = config.password.reveal(),
         .database = config.name,
         .connections = config.connections,
         .answer_timeout = use == DatabaseUse::serving ? kLongestAnswer : std::chrono::seconds(0)});
  }
  const auto lock = DatabaseLock::take(config.path);
  keep_private(config.path);
  return db::sqlite_connector(
      {.path = config.path, .readers = config.connections, .checkpoints = lock != nullptr, .held = lock});
}

}  // namespace

std::unique_ptr<db::Database> open_database(const Config& config, DatabaseUse use) {
  return std::make_unique<db::Database>(connector_of(config.database, use));
}

std::size_t migrate_database(db::Database& database) { return db::migrate(database, server_migrations()); }

}  // namespace ccms::server
