#include "core/db/sqlite_connector.h"

#include <Poco/Data/SQLite/SQLiteStatementImpl.h>
#include <Poco/Exception.h>

#include "core/db/reusable_statement.h"
#include "core/db/sqlite_dialect.h"
#include "core/db/sqlite_session.h"

namespace ccms::db {
namespace {

struct SqliteTraits {
  static RowExtraction::Kind kind(const Poco::Data::MetaColumn& column) {
    using Poco::Data::MetaColumn;
    switch (column.type()) {
      case MetaColumn::FDT_BOOL:
      case MetaColumn::FDT_INT8:
      case MetaColumn::FDT_UINT8:
      case MetaColumn::FDT_INT16:
      case MetaColumn::FDT_UINT16:
      case MetaColumn::FDT_INT32:
      case MetaColumn::FDT_UINT32:
      case MetaColumn::FDT_INT64:
      case MetaColumn::FDT_UINT64:
        return RowExtraction::Kind::integer;
      case MetaColumn::FDT_FLOAT:
      case MetaColumn::FDT_DOUBLE:
        return RowExtraction::Kind::real;
      // Expressions have no declared type and come as text. Text too is read as bytes: Poco cuts it at a NUL.
      default:
        return RowExtraction::Kind::bytes;
    }
  }
};

using PocoStatement = ReusableStatement<Poco::Data::SQLite::SQLiteStatementImpl, SqliteTraits>;

class SqliteStatement : public PreparedStatement {
 public:
  SqliteStatement(const std::string& sql, SqliteSession& session)
      : handle_(session.handle()), statement_(sql, session, session.handle()) {}

  Outcome run(const Params& params) override {
    Outcome outcome;
    const auto before = sqlite3_total_changes64(handle_);
    outcome.rows = statement_.run_once(params);
    // sqlite3_changes() keeps the number of the last INSERT, UPDATE or DELETE when something else runs.
    if (sqlite3_total_changes64(handle_) != before) outcome.affected = sqlite3_changes64(handle_);
    return outcome;
  }
  std::size_t held_bytes() const override { return 0; }  // SQLite lends its own memory, row by row

 private:
  sqlite3* handle_;
  PocoStatement statement_;
};

class SqliteDriver : public Driver {
 public:
  SqliteDriver(const std::string& uri, int flags) : session_(uri, flags) {}

  std::unique_ptr<PreparedStatement> prepare(const std::string& sql) override {
    return std::make_unique<SqliteStatement>(sql, session_);
  }

  DbError translate(const Poco::Exception& failure) override {
    const int code = sqlite3_errcode(handle());
    if (code != SQLITE_OK && code != SQLITE_ROW && code != SQLITE_DONE) return sqlite_error(handle());
    return {ErrorKind::other, failure.displayText()};
  }

  const std::string& begin_sql() const override {
    // A deferred transaction that reads and then writes fails at once, whatever the busy timeout.
    static const std::string begin = "BEGIN IMMEDIATE";
    return begin;
  }
  bool in_transaction() override { return session_.isTransaction(); }
  bool session_clean() override { return !in_transaction(); }
  bool alive() override { return true; }

  sqlite3* handle() const noexcept { return session_.handle(); }

  /// For settings, before anything else runs; returns the first value of the answer. Throws DbError.
  std::string pragma(const std::string& sql) {
    const auto keep_first = [](void* kept, int columns, char** values, char**) {
      auto& answer = *static_cast<std::string*>(kept);
      if (answer.empty() && columns > 0 && values[0] != nullptr) answer = values[0];
      return 0;
    };
    std::string answer;
    if (sqlite3_exec(handle(), sql.c_str(), keep_first, &answer, nullptr) != SQLITE_OK)
      throw sqlite_error(handle());
    return answer;
  }

 private:
  SqliteSession session_;
};

std::string file_uri(const std::filesystem::path& path, std::string_view query) {
  std::string uri = "file:";
  for (const char c : std::filesystem::absolute(path).string()) {
    if (c == '%')
      uri += "%25";
    else if (c == '?')
      uri += "%3f";
    else if (c == '#')
      uri += "%23";
    else
      uri += c;
  }
  return uri.append(query);
}

class SqliteConnector : public Connector {
 public:
  explicit SqliteConnector(SqliteConfig config) : config_(std::move(config)) {}

  const Dialect& dialect() const override { return dialect_; }
  PoolSizes pool_sizes() const override { return {1, config_.readers}; }

  std::unique_ptr<Driver> open(Role role) const override {
    try {
      return open_set_up(role);
    } catch (const DbError& error) {
      throw naming_the_file(error);
    }
  }

  std::unique_ptr<Driver> open_untouched() const override {
    std::error_code ignored;
    if (!std::filesystem::exists(config_.path, ignored)) return nullptr;
    auto wal = config_.path;
    wal += "-wal";
    const auto wal_bytes = std::filesystem::file_size(wal, ignored);
    return ignored || wal_bytes == 0 ? open_immutable() : open_with_wal();
  }

 private:
  DbError naming_the_file(const DbError& error) const {
    const std::string_view said = error.what();  // the kind, a colon, and what SQLite says
    const auto message = said.substr(std::string_view(to_string(error.kind())).size() + 2);
    return {error.kind(), config_.path.string() + ": " + std::string(message), error.native_code()};
  }

  std::unique_ptr<Driver> open_set_up(Role role) const {
    // NOMUTEX: the pool lends a connection to one thread at a time.
    auto driver = std::make_unique<SqliteDriver>(
        config_.path.string(), SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX);
    sqlite3_busy_timeout(driver->handle(), static_cast<int>(config_.busy_timeout.count()));
    driver->pragma("PRAGMA page_size = " + std::to_string(config_.page_bytes));
    // Where the file system cannot do it, SQLite answers with the mode it stayed in, and no error.
    if (driver->pragma("PRAGMA journal_mode = WAL") != "wal")
      throw DbError(ErrorKind::other, "its file system allows no write-ahead log");
    driver->pragma("PRAGMA synchronous = FULL");
    driver->pragma("PRAGMA foreign_keys = ON");
    driver->pragma("PRAGMA secure_delete = ON");  // what is erased is overwritten, not just unlinked
    if (role == Role::reader || !config_.checkpoints) {
      driver->pragma("PRAGMA wal_autocheckpoint = 0");
      sqlite3_db_config(driver->handle(), SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
    }
    if (role == Role::reader) driver->pragma("PRAGMA query_only = ON");
    return driver;
  }

  /// Without a write-ahead log all content is in the file: read it as if it lay on a CD-ROM.
  std::unique_ptr<Driver> open_immutable() const {
    return std::make_unique<SqliteDriver>(file_uri(config_.path, "?immutable=1"),
                                          SQLITE_OPEN_READONLY | SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX);
  }

  /// The newest content is in the log, and opening it the usual way would write an index and, at the end,
  /// move the log into the file.
  std::unique_ptr<Driver> open_with_wal() const {
    try {
      return look_at_log("PRAGMA locking_mode = EXCLUSIVE");
    } catch (const DbError& error) {
      if (error.kind() != ErrorKind::busy) throw;
      return look_at_log("PRAGMA locking_mode = NORMAL");
    }
  }

  /// EXCLUSIVE suits a log left by a crash: its index is kept in memory. NORMAL suits a database that others
  /// have open, whose index exists already.
  std::unique_ptr<Driver> look_at_log(const char* locking_mode) const {
    auto driver =
        std::make_unique<SqliteDriver>(config_.path.string(), SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX);
    sqlite3_db_config(driver->handle(), SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
    driver->pragma(locking_mode);
    driver->pragma("PRAGMA query_only = ON");
    driver->pragma("SELECT COUNT(*) FROM sqlite_master");  // takes the lock
    return driver;
  }

  const SqliteConfig config_;
  const SqliteDialect dialect_;
};

}  // namespace

std::shared_ptr<const Connector> sqlite_connector(SqliteConfig config) {
  return std::make_shared<SqliteConnector>(std::move(config));
}

}  // namespace ccms::db
