#include "tests/support/services/mariadb_service.h"

#include <mysql.h>

#include <stdexcept>
#include <string>

#include "tests/support/services/loopback.h"
#include "tests/support/services/run_program.h"
#include "tests/support/services/startup.h"

namespace ccms::test {
namespace {

constexpr const char* kUser = "ccms";
constexpr const char* kPassword = "ccms-test";
constexpr const char* kSmallLog = "--innodb-log-file-size=32M";  // a third of the default: quicker to make

using Connection = std::unique_ptr<MYSQL, decltype(&::mysql_close)>;

// None when the server does not answer.
Connection connect_as_administrator(const std::filesystem::path& socket) {
  Connection connection(::mysql_init(nullptr), &::mysql_close);
  if (::mysql_real_connect(connection.get(), nullptr, "root", nullptr, nullptr, 0, socket.c_str(),
                           CLIENT_MULTI_STATEMENTS) == nullptr) {
    connection.reset();
  }
  return connection;
}

std::optional<std::string> first_value(MYSQL* connection) {
  const std::unique_ptr<MYSQL_RES, decltype(&::mysql_free_result)> result(::mysql_store_result(connection),
                                                                          &::mysql_free_result);
  if (!result) return std::nullopt;
  const MYSQL_ROW row = ::mysql_fetch_row(result.get());
  if (row == nullptr || row[0] == nullptr) return std::nullopt;
  return std::string(row[0], ::mysql_fetch_lengths(result.get())[0]);
}

}  // namespace

MariaDbService::MariaDbService() : account_(account_to_drop_to("mysql")), port_(free_port()) {
  give_to(folder_.path(), account_);
  install();
  start();
  run_sql(std::string("CREATE USER '") + kUser + "'@'%' IDENTIFIED BY '" + kPassword + "'");
}

MariaDbService::~MariaDbService() = default;

MariaDbService& MariaDbService::shared() {
  static MariaDbService service;
  return service;
}

void MariaDbService::install() {
  run_successfully(
      {.command = {"mariadb-install-db", "--no-defaults", "--datadir=" + (folder_.path() / "data").string(),
                   "--auth-root-authentication-method=normal", "--skip-test-db", kSmallLog},
       .account = account_});
}

void MariaDbService::start() {
  const auto option = [this](const std::string& name, const std::string& file) {
    return "--" + name + "=" + (folder_.path() / file).string();
  };
  // A commit reaches the operating system, not the disk: it outlives a killed server, which is what tests do.
  process_ = std::make_unique<ChildProcess>(ChildOptions{
      .command = {"mariadbd", "--no-defaults", option("datadir", "data"), option("socket", "my.sock"),
                  option("pid-file", "my.pid"), option("log-error", "error.log"), "--bind-address=127.0.0.1",
                  "--port=" + std::to_string(port_), "--skip-name-resolve", "--skip-log-bin",
                  "--character-set-server=utf8mb4", "--default-time-zone=+00:00", "--max-allowed-packet=64M",
                  "--innodb-buffer-pool-size=64M", kSmallLog, "--innodb-flush-log-at-trx-commit=2",
                  // A killed server loses nothing by this; only the machine could, and then the test is over.
                  "--innodb-flush-method=nosync", "--innodb-doublewrite=OFF", "--sync-frm=OFF"},
      .output = log(),
      .account = account_});
  await_startup(*process_, "MariaDB", log(),
                [this] { return connect_as_administrator(socket()) != nullptr; });
}

void MariaDbService::stop() { process_->stop(std::chrono::seconds(30)); }

void MariaDbService::kill_hard() { process_->kill_hard(); }

void MariaDbService::freeze() { process_->signal(SIGSTOP); }

void MariaDbService::thaw() { process_->signal(SIGCONT); }

std::optional<std::string> MariaDbService::run_sql(const std::string& sql) {
  const Connection connection = connect_as_administrator(socket());
  if (!connection) throw std::runtime_error("MariaDB does not answer");
  std::optional<std::string> first;
  int more = ::mysql_real_query(connection.get(), sql.data(), sql.size());
  for (bool is_first = true; more == 0; is_first = false) {
    std::optional<std::string> value = first_value(connection.get());
    if (is_first) first = std::move(value);
    more = ::mysql_next_result(connection.get());
  }
  if (::mysql_errno(connection.get()) != 0) {
    throw std::runtime_error("MariaDB refuses: " + std::string(::mysql_error(connection.get())) + "\n" + sql);
  }
  return first;
}

MariaDbAddress MariaDbService::fresh_database() {
  const std::string name = "ccms_test_" + std::to_string(++databases_);
  run_sql("CREATE DATABASE " + name + " CHARACTER SET utf8mb4; GRANT ALL ON " + name + ".* TO '" + kUser +
          "'@'%'");
  return {.host = "127.0.0.1", .port = port_, .user = kUser, .password = kPassword, .database = name};
}

}  // namespace ccms::test
