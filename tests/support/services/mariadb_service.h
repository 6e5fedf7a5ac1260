#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>

#include "tests/support/services/account.h"
#include "tests/support/services/child_process.h"
#include "tests/support/services/temp_folder.h"

namespace ccms::test {

// What a client needs to reach a database; everything over TCP on 127.0.0.1.
struct MariaDbAddress {
  std::string host;
  std::uint16_t port = 0;
  std::string user;
  std::string password;
  std::string database;
};

// A private MariaDB server: own folder, own port, gone with the object. As root it runs as mysql, otherwise
// as ourselves. Starting takes one to two seconds, so that tests share one per program (ccms_test
// ONE_PROCESS). Not thread-safe. Whatever fails throws std::runtime_error with the end of the server's log.
class MariaDbService {
 public:
  MariaDbService();  // returns when the server answers
  ~MariaDbService();
  MariaDbService(const MariaDbService&) = delete;
  MariaDbService& operator=(const MariaDbService&) = delete;

  // The one of this test program, started by the first call and stopped when the program ends.
  static MariaDbService& shared();

  // Makes an empty database that nobody else has (utf8mb4), with a user who may do everything in it.
  MariaDbAddress fresh_database();

  // Runs SQL as the administrator, several statements if wanted; for what a test must do to the server itself
  // (kill a connection, lock a table, count what is there). Returns the first column of the first row of the
  // first result, if any.
  std::optional<std::string> run_sql(const std::string& sql);

  std::uint16_t port() const { return port_; }
  void kill_hard();  // SIGKILL, as when the machine loses its power
  void freeze();     // it takes connections and answers nothing, until thaw()
  void thaw();
  void start();  // again, with the same data and port
  void stop();   // in good order

 private:
  std::filesystem::path log() const { return folder_.path() / "error.log"; }
  std::filesystem::path socket() const { return folder_.path() / "my.sock"; }
  void install();

  TempFolder folder_;
  std::optional<Account> account_;
  std::uint16_t port_;
  std::unique_ptr<ChildProcess> process_;
  int databases_ = 0;
};

}  // namespace ccms::test
