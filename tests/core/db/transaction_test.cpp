#include "core/domain/result.h"
#include "tests/core/db/backend.h"

namespace ccms::db::test {
namespace {

class Transactions : public DatabaseTest {
 protected:
  Transactions() { create("CREATE TABLE notes (id {{id}} NOT NULL PRIMARY KEY){{table}}"); }
  static void insert(Connection& connection, const char* id) {
    connection.execute("INSERT INTO notes (id) VALUES (?)", {id});
  }
};

TEST_F(Transactions, CommitsAndReturnsWhatTheWorkReturned) {
  const int answer = with_transaction(database_, [](Connection& connection) {
    insert(connection, "a");
    insert(connection, "b");
    return 42;
  });
  EXPECT_EQ(answer, 42);
  EXPECT_EQ(count("notes"), 2);
}

TEST_F(Transactions, AnExceptionRollsBack) {
  EXPECT_THROW(with_transaction(database_,
                                [](Connection& connection) {
                                  insert(connection, "a");
                                  throw std::runtime_error("no");
                                }),
               std::runtime_error);
  EXPECT_EQ(count("notes"), 0);
}

TEST_F(Transactions, AFailedResultRollsBack) {
  const auto refused = with_transaction(database_, [](Connection& connection) -> domain::Result<int> {
    insert(connection, "a");
    return domain::Error{"refused", "No.", ""};
  });
  EXPECT_FALSE(refused.ok());
  const auto accepted = with_transaction(database_, [](Connection& connection) -> domain::Result<int> {
    insert(connection, "b");
    return 1;
  });
  EXPECT_TRUE(accepted.ok());
  EXPECT_EQ(count("notes"), 1);
}

TEST_F(Transactions, ARefusedRowLeavesTheTransactionUsable) {
  with_transaction(database_, [](Connection& connection) {
    insert(connection, "a");
    EXPECT_THROW(insert(connection, "a"), DbError);
    insert(connection, "b");
  });
  EXPECT_EQ(count("notes"), 2);
}

// Poco's MySQL transaction leaves the pooled session with autocommit off, and a later INSERT is lost.
TEST_F(Transactions, APlainInsertAfterATransactionIsNotLost) {
  with_transaction(database_, [](Connection& connection) { insert(connection, "in"); });
  {
    const Lease lease = database_.writer();
    insert(*lease, "after");
  }
  database_.close_idle();
  EXPECT_EQ(count("notes"), 2);
}

TEST_F(Transactions, ATransactionLeftOpenOnALeaseIsRolledBack) {
  {
    const Lease lease = database_.writer();
    lease->execute(lease->driver().begin_sql());
    insert(*lease, "forgotten");
  }
  EXPECT_EQ(count("notes"), 0);
  EXPECT_EQ(database_.writer_stats().in_use, 0U);
}

class RetryTest : public DatabaseTest {
 protected:
  int attempts_ = 0;
  [[noreturn]] void fail(ErrorKind kind) {
    ++attempts_;
    throw DbError(kind, "as the test asks");
  }
};

TEST_F(RetryTest, TriesADeadlockAgainUpToTheLimit) {
  std::vector<int> pauses;
  auto options = test_options();
  options.retry.attempts = 3;
  options.retry.backoff = [&](int next) { pauses.push_back(next); };
  Database database(backend_->connector(), options);
  EXPECT_EQ(
      kind_of_failure([&] { with_transaction(database, [&](Connection&) { fail(ErrorKind::deadlock); }); }),
      ErrorKind::deadlock);
  EXPECT_EQ(attempts_, 3);
  EXPECT_EQ(pauses, (std::vector{2, 3}));
}

TEST_F(RetryTest, DoesNotTryOtherFailuresAgain) {
  for (const auto kind : {ErrorKind::unique_violation, ErrorKind::connection_lost, ErrorKind::full}) {
    attempts_ = 0;
    EXPECT_EQ(kind_of_failure([&] { with_transaction(database_, [&](Connection&) { fail(kind); }); }), kind);
    EXPECT_EQ(attempts_, 1);
  }
}

}  // namespace
}  // namespace ccms::db::test
