#include <future>
#include <vector>

#include "tests/core/db/backend.h"

namespace ccms::db::test {
namespace {

class Pool : public DatabaseTest {
 protected:
  std::vector<Lease> take_all_writers() {
    std::vector<Lease> leases;
    leases.push_back(database_.writer());
    while (leases.size() < database_.writer_stats().limit) leases.push_back(database_.writer());
    return leases;
  }
};

TEST_F(Pool, SaysSoWhenEveryConnectionStaysInUse) {
  const auto leases = take_all_writers();
  try {
    database_.writer();
    FAIL() << "there was one more";
  } catch (const DbError& error) {
    EXPECT_EQ(error.kind(), ErrorKind::pool_exhausted);
    EXPECT_NE(std::string(error.what()).find("in use for 50 ms"), std::string::npos) << error.what();
  }
  const auto stats = database_.writer_stats();
  EXPECT_EQ(stats.in_use, stats.limit);
  EXPECT_EQ(stats.waits, 1U);
  EXPECT_EQ(stats.timeouts, 1U);
}

TEST_F(Pool, WaitsForAConnectionToComeBack) {
  auto options = test_options();
  options.lease_timeout = std::chrono::minutes(1);
  Database database(backend_->connector(), options);
  std::vector<Lease> leases;
  do leases.push_back(database.writer());
  while (leases.size() < database.writer_stats().limit);
  auto waiting =
      std::async(std::launch::async, [&] { return database.writer()->query("SELECT 1 AS one").size(); });
  while (database.writer_stats().waits == 0) std::this_thread::yield();
  leases.pop_back();
  EXPECT_EQ(waiting.get(), 1U);
  EXPECT_EQ(database.writer_stats().timeouts, 0U);
}

TEST_F(Pool, LendsTheSameConnectionAgain) {
  const Connection* first = &*database_.writer();
  EXPECT_EQ(&*database_.writer(), first);
  EXPECT_EQ(database_.writer_stats().open, 1U);
}

TEST_F(Pool, ClosesABrokenConnection) {
  database_.writer()->mark_broken();
  const auto stats = database_.writer_stats();
  EXPECT_EQ(stats.discarded, 1U);
  EXPECT_EQ(stats.open, 0U);
  EXPECT_EQ(database_.writer()->query("SELECT 1 AS one").front().integer("one"), 1);
}

TEST_F(Pool, ChecksAConnectionThatWasIdle) {
  auto options = test_options();
  options.check_after_idle = std::chrono::milliseconds(0);
  Database database(backend_->connector(), options);
  for (int i = 0; i < 3; ++i) EXPECT_EQ(database.writer()->query("SELECT 1 AS one").size(), 1U);
  EXPECT_EQ(database.writer_stats().discarded, 0U);
}

TEST_F(Pool, ServesManyThreads) {
  create("CREATE TABLE counters (id {{id}} NOT NULL PRIMARY KEY, n {{int}} NOT NULL){{table}}");
  auto options = test_options();
  options.lease_timeout = std::chrono::minutes(1);
  Database database(backend_->connector(), options);
  database.writer()->execute("INSERT INTO counters (id, n) VALUES ('c', 0)");
  std::vector<std::future<void>> threads;
  for (int t = 0; t < 4; ++t) {
    threads.push_back(std::async(std::launch::async, [&] {
      for (int i = 0; i < 25; ++i) {
        with_transaction(database, [](Connection& connection) {
          connection.execute("UPDATE counters SET n = n + 1 WHERE id = ?", {"c"});
        });
        database.reader()->query("SELECT n FROM counters");
      }
    }));
  }
  for (auto& thread : threads) thread.get();
  EXPECT_EQ(database.reader()->query("SELECT n FROM counters").front().integer(0), 100);
}

}  // namespace
}  // namespace ccms::db::test
