#include <future>
#include <latch>

#include "core/db/migrations.h"
#include "core/db_mysql/mysql_connector.h"
#include "tests/core/db/mariadb_backend.h"
#include "tests/support/services/mariadb_service.h"

namespace ccms::db::test {
namespace {

using ccms::test::MariaDbService;

class MariaDb : public DatabaseTest {
 protected:
  static std::string connection_id(Connection& connection) {
    return std::to_string(connection.query("SELECT CONNECTION_ID() AS id").front().integer("id"));
  }
  /// The server closes the connection, as it does with one that was idle for long.
  static void kill(const std::string& id) { MariaDbService::shared().run_sql("KILL " + id); }
};

TEST_F(MariaDb, SetsTheSessionUp) {
  const Lease lease = database_.writer();
  const Rows rows = lease->query(
      "SELECT @@character_set_client AS charset, @@collation_connection AS collation, @@time_zone AS zone,"
      " @@autocommit AS autocommit");
  EXPECT_EQ(rows.front().text("charset"), "utf8mb4");
  EXPECT_EQ(rows.front().text("collation"), "utf8mb4_nopad_bin");
  EXPECT_EQ(rows.front().text("zone"), "+00:00");
  EXPECT_EQ(rows.front().integer("autocommit"), 1);
}

TEST_F(MariaDb, ADeadIdleConnectionIsReplaced) {
  auto options = test_options();
  options.check_after_idle = std::chrono::milliseconds(0);
  Database database(backend_->connector(), options);
  const std::string id = connection_id(*database.writer());
  kill(id);
  EXPECT_NE(connection_id(*database.writer()), id);
  EXPECT_EQ(database.writer_stats().discarded, 1U);
}

TEST_F(MariaDb, AConnectionThatDiesInUseIsReportedAndClosed) {
  {
    const Lease lease = database_.writer();
    kill(connection_id(*lease));
    EXPECT_EQ(kind_of_failure([&] { lease->query("SELECT 1 AS one"); }), ErrorKind::connection_lost);
  }
  EXPECT_EQ(database_.writer_stats().discarded, 1U);
  EXPECT_EQ(database_.writer()->query("SELECT 1 AS one").size(), 1U);
}

TEST_F(MariaDb, ATransactionWhoseConnectionIsDeadAtTheStartIsTriedOnAnother) {
  create("CREATE TABLE notes (id {{id}} NOT NULL PRIMARY KEY){{table}}");
  kill(connection_id(*database_.writer()));
  with_transaction(database_, [](Connection& c) { c.execute("INSERT INTO notes (id) VALUES ('a')"); });
  EXPECT_EQ(count("notes"), 1);
}

TEST_F(MariaDb, ATransactionWhoseConnectionDiesHalfwayIsNotRepeated) {
  create("CREATE TABLE notes (id {{id}} NOT NULL PRIMARY KEY){{table}}");
  int runs = 0;
  EXPECT_EQ(kind_of_failure([&] {
              with_transaction(database_, [&](Connection& c) {
                ++runs;
                c.execute("INSERT INTO notes (id) VALUES ('a')");
                kill(connection_id(c));
                c.execute("INSERT INTO notes (id) VALUES ('b')");
              });
            }),
            ErrorKind::connection_lost);
  EXPECT_EQ(runs, 1);
  EXPECT_EQ(count("notes"), 0);
}

TEST_F(MariaDb, ASessionLeftWithAutocommitOffIsNotLentAgain) {
  database_.writer()->execute("SET autocommit = 0");
  EXPECT_EQ(database_.writer_stats().discarded, 1U);
  EXPECT_EQ(database_.writer()->query("SELECT @@autocommit AS a").front().integer("a"), 1);
}

TEST_F(MariaDb, TheVictimOfADeadlockRunsAgain) {
  create("CREATE TABLE accounts (id {{id}} NOT NULL PRIMARY KEY, n {{int}} NOT NULL){{table}}");
  database_.writer()->execute("INSERT INTO accounts (id, n) VALUES ('a', 0), ('b', 0)");
  std::latch both_hold_one(2);
  std::atomic<int> runs = 0;
  const auto add_to = [&](const char* first, const char* second) {
    bool first_run = true;
    with_transaction(database_, [&](Connection& c) {
      ++runs;
      c.execute("UPDATE accounts SET n = n + 1 WHERE id = ?", {first});
      if (std::exchange(first_run, false)) both_hold_one.arrive_and_wait();
      c.execute("UPDATE accounts SET n = n + 1 WHERE id = ?", {second});
    });
  };
  auto other = std::async(std::launch::async, [&] { add_to("b", "a"); });
  add_to("a", "b");
  other.get();
  EXPECT_EQ(runs, 3);
  const Lease lease = database_.reader();
  EXPECT_EQ(lease->query("SELECT SUM(n) AS total FROM accounts").front().integer("total"), 4);
}

TEST_F(MariaDb, AWaitForALockEnds) {
  create("CREATE TABLE accounts (id {{id}} NOT NULL PRIMARY KEY, n {{int}} NOT NULL){{table}}");
  database_.writer()->execute("INSERT INTO accounts (id, n) VALUES ('a', 0)");
  auto options = test_options();
  options.retry.attempts = 1;
  Database other(backend_->connector(), options);
  with_transaction(database_, [&](Connection& c) {
    c.execute("UPDATE accounts SET n = 1 WHERE id = 'a'");
    EXPECT_EQ(kind_of_failure([&] {
                with_transaction(
                    other, [](Connection& o) { o.execute("UPDATE accounts SET n = 2 WHERE id = 'a'"); });
              }),
              ErrorKind::busy);
  });
}

TEST_F(MariaDb, RefusesToReadColumnsThatPocoCannotHold) {
  create("CREATE TABLE long_texts (id {{id}} NOT NULL PRIMARY KEY, t LONGTEXT){{table}}");
  const Lease lease = database_.writer();
  lease->execute("INSERT INTO long_texts (id, t) VALUES ('a', 'x')");
  EXPECT_EQ(kind_of_failure([&] { lease->query("SELECT t FROM long_texts"); }), ErrorKind::other);
  EXPECT_EQ(lease->query("SELECT CAST(t AS CHAR(100)) AS t FROM long_texts").front().text("t"), "x");
}

// Schema statements commit by themselves, and so a crash can come between one and the note that it was run.
TEST_F(MariaDb, ASchemaStatementWhoseNoteWasLostRunsAgain) {
  const Migration first{
      1, "items", {"CREATE TABLE IF NOT EXISTS items (id {{id}} NOT NULL PRIMARY KEY){{table}}"}};
  const Migration second{
      2,
      "price",
      {"ALTER TABLE items {{add_column}} price {{int}}", "INSERT INTO items (id) VALUES ('seed')"}};
  migrate(database_, {first});
  create(second.statements.front().c_str());
  EXPECT_EQ(migrate(database_, {first, second}), 1U);
  EXPECT_EQ(count("items"), 1);
}

TEST_F(MariaDb, OneThatHangsIsGivenUpAfterTheTimeForAnAnswer) {
  MysqlConfig config = fresh_mariadb();
  config.answer_timeout = std::chrono::seconds(1);
  Database hanging(mysql_connector(config), test_options());
  {
    const Lease lease = hanging.writer();
    MariaDbService::shared().freeze();
    EXPECT_EQ(kind_of_failure([&] { lease->query("SELECT 1 AS one"); }), ErrorKind::connection_lost);
    MariaDbService::shared().thaw();
  }
  EXPECT_EQ(hanging.writer()->query("SELECT 1 AS one").size(), 1U) << "over a new connection";
}

TEST_F(MariaDb, SaysWhatIsWrongWithTheServer) {
  MysqlConfig config = fresh_mariadb();
  config.password = "wrong";
  Database refused(mysql_connector(config), test_options());
  try {
    refused.writer();
    FAIL() << "the password was accepted";
  } catch (const DbError& error) {
    EXPECT_NE(std::string(error.what()).find("Access denied"), std::string::npos) << error.what();
    EXPECT_EQ(std::string(error.what()).find("wrong"), std::string::npos) << "it shows the password";
  }
  config.password = "semi;colon";
  EXPECT_THROW(mysql_connector(config), DbError);
  config = fresh_mariadb();
  config.port = 1;
  Database absent(mysql_connector(config), test_options());
  try {
    absent.writer();
    FAIL() << "there is nobody at port 1";
  } catch (const DbError& error) {
    EXPECT_EQ(error.kind(), ErrorKind::connection_lost);
    EXPECT_NE(std::string(error.what()).find(config.database + " at 127.0.0.1:1: "), std::string::npos)
        << error.what();
  }
  EXPECT_EQ(absent.writer_stats().in_use, 0U);
}

}  // namespace
}  // namespace ccms::db::test
