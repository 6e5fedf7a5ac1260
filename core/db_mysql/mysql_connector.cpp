#include "core/db_mysql/mysql_connector.h"

#include <Poco/Data/DataException.h>
#include <Poco/Data/MySQL/MySQLStatementImpl.h>
#include <Poco/Data/MySQL/SessionImpl.h>
#include <Poco/Exception.h>
#include <mysql.h>
// After mysql.h, whose types it uses:
#include <ma_pvio.h>

#include <mutex>

#include "core/db/reusable_statement.h"
#include "core/db_mysql/mysql_dialect.h"
#include "core/db_mysql/mysql_error.h"

namespace ccms::db {
namespace {

/// The longest column that is read: a MEDIUMBLOB. Poco reserves the declared length for every column. For a
/// LONGTEXT, which is also what JSON functions and some expressions over TEXT give, it reserves nothing and
/// reads past the end.
constexpr std::size_t kLongestColumn = (1U << 24U) - 1;

struct MysqlTraits {
  static RowExtraction::Kind kind(const Poco::Data::MetaColumn& column) {
    using Poco::Data::MetaColumn;
    switch (column.type()) {
      case MetaColumn::FDT_INT8:
      case MetaColumn::FDT_UINT8:
      case MetaColumn::FDT_INT16:
      case MetaColumn::FDT_UINT16:
      case MetaColumn::FDT_INT32:
      case MetaColumn::FDT_UINT32:
      case MetaColumn::FDT_INT64:
      case MetaColumn::FDT_UINT64:
        return RowExtraction::Kind::integer;
      case MetaColumn::FDT_STRING:
      case MetaColumn::FDT_BLOB:
        require_bounded(column);
        return RowExtraction::Kind::text;
      default:
        return RowExtraction::Kind::real;  // FLOAT, DOUBLE, and the DECIMAL that SUM gives
    }
  }

  static void require_bounded(const Poco::Data::MetaColumn& column) {
    const bool nothing_reserved = column.type() == Poco::Data::MetaColumn::FDT_BLOB && column.length() == 0;
    if (column.length() <= kLongestColumn && !nothing_reserved) return;
    throw DbError(ErrorKind::other,
                  "column " + column.name() + " is too long to be read; CAST(… AS CHAR(n)) bounds it");
  }
};

using PocoSession = Poco::Data::MySQL::SessionImpl;
using PocoStatement = ReusableStatement<Poco::Data::MySQL::MySQLStatementImpl, MysqlTraits>;

class MysqlStatement : public PreparedStatement {
 public:
  MysqlStatement(const std::string& sql, PocoSession& session)
      : session_(session), statement_(sql, session) {}

  Outcome run(const Params& params) override {
    Outcome outcome;
    outcome.rows = statement_.run_once(params);
    if (!statement_.returns_rows()) outcome.affected = affected();
    return outcome;
  }
  std::size_t held_bytes() const override { return statement_.row_bytes(); }

 private:
  std::int64_t affected() {
    const auto count = mysql_affected_rows(session_.handle());
    return count == static_cast<my_ulonglong>(-1) ? 0 : static_cast<std::int64_t>(count);
  }

  PocoSession& session_;
  PocoStatement statement_;
};

/// What Poco's message says, after `where`; the code is 0 when it has no number.
DbError error_of(const Poco::Exception& failure, const std::string& where = {}) {
  const int code = mysql_error_code(failure.message());
  return {mysql_error_kind(code), where + failure.message(), code};
}

class MysqlDriver : public Driver {
 public:
  MysqlDriver(const std::string& connection_string, const MysqlConfig& config)
      : session_(
            new PocoSession(connection_string, static_cast<std::size_t>(config.connect_timeout.count()))) {
    if (config.answer_timeout.count() > 0) limit_waiting(static_cast<int>(config.answer_timeout.count()));
    prepare("SET NAMES utf8mb4 COLLATE utf8mb4_nopad_bin")->run({});
    // What is read after waiting for a row's lock must be as new as that row, as it is with SQLite; at
    // REPEATABLE READ it would come from the snapshot of before.
    prepare("SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED")->run({});
    prepare(
        "SET SESSION sql_mode = 'STRICT_ALL_TABLES,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION', "
        "time_zone = '+00:00', innodb_lock_wait_timeout = " +
        std::to_string(config.lock_wait_timeout.count()))
        ->run({});
  }

  std::unique_ptr<PreparedStatement> prepare(const std::string& sql) override {
    return std::make_unique<MysqlStatement>(sql, *session_);
  }

  DbError translate(const Poco::Exception& failure) override {
    DbError error = error_of(failure);
    if (error.native_code() != 0) return error;
    // What ends a statement while its rows are fetched, such as a deadlock of a SELECT … FOR UPDATE, the
    // library notes at the connection alone.
    const int code = static_cast<int>(mysql_errno(session_->handle()));
    return {mysql_error_kind(code), failure.message() + ": " + mysql_error(session_->handle()), code};
  }

  const std::string& begin_sql() const override {
    static const std::string begin = "START TRANSACTION";
    return begin;
  }
  bool in_transaction() override { return (server_status() & SERVER_STATUS_IN_TRANS) != 0; }
  bool session_clean() override {
    return !in_transaction() && (server_status() & SERVER_STATUS_AUTOCOMMIT) != 0;
  }

  bool alive() override {
    try {
      // A ping would do for one server, but a cluster node outside the quorum still answers it.
      prepare("SELECT 1")->run({});
      return true;
    } catch (const Poco::Exception&) {
      return false;
    }
  }

 private:
  /// Poco connects in its constructor and hands over no timeouts but that of connecting; the library takes
  /// them from its options while it connects.
  void limit_waiting(int seconds) {
    MYSQL* const handle = session_->handle();
    MARIADB_PVIO* const transport = handle->net.pvio;
    for (const auto direction : {PVIO_READ_TIMEOUT, PVIO_WRITE_TIMEOUT})
      transport->methods->set_timeout(transport, direction, seconds);
  }

  /// As the server sent it with its last answer; costs nothing.
  unsigned int server_status() {
    unsigned int status = 0;
    mariadb_get_infov(session_->handle(), MARIADB_CONNECTION_SERVER_STATUS, &status);
    return status;
  }

  Poco::AutoPtr<PocoSession> session_;
};

class MysqlConnector : public Connector {
 public:
  explicit MysqlConnector(const MysqlConfig& config)
      : config_(config), connection_string_(connection_string(config)) {}

  const Dialect& dialect() const override { return dialect_; }
  PoolSizes pool_sizes() const override { return {config_.connections, 0}; }
  std::unique_ptr<Driver> open_untouched() const override { return open(Role::reader); }

  std::unique_ptr<Driver> open(Role) const override {
    try {
      return std::make_unique<MysqlDriver>(connection_string_, config_);
    } catch (const Poco::Data::ConnectionFailedException& failure) {
      throw DbError(ErrorKind::connection_lost,
                    server() + failure.message());  // the only one that comes without a number
    } catch (const Poco::Exception& failure) {
      throw error_of(failure, server());
    }
  }

 private:
  std::string server() const {
    return config_.database + " at " + config_.host + ":" + std::to_string(config_.port) + ": ";
  }

  static std::string connection_string(const MysqlConfig& config) {
    std::string all;
    const auto add = [&all](const char* key, const std::string& value) {
      if (value.find(';') != std::string::npos)
        throw DbError(ErrorKind::other,
                      std::string("a semicolon cannot be part of the ") + key + " of a connection");
      all += std::string(key) + "=" + value + ";";
    };
    add("host", config.host);
    add("port", std::to_string(config.port));
    add("user", config.user);
    add("password", config.password);
    add("db", config.database);
    return all + "character-set=utf8mb4;compress=false;auto-reconnect=false";
  }

  const MysqlConfig config_;
  const std::string connection_string_;
  const MysqlDialect dialect_;
};

}  // namespace

std::shared_ptr<const Connector> mysql_connector(const MysqlConfig& config) {
  // The library's first use must not be made by two threads at once.
  static std::once_flag initialised;
  std::call_once(initialised, [] { mysql_library_init(0, nullptr, nullptr); });
  return std::make_shared<MysqlConnector>(config);
}

}  // namespace ccms::db
