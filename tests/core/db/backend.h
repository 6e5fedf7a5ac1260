#pragma once

#include <gtest/gtest.h>

#include <memory>

#include "core/db/database.h"
#include "core/db/transaction.h"

namespace ccms::db::test {

/// One empty database of the kind under test, gone with the object.
class Backend {
 public:
  virtual ~Backend() = default;
  virtual std::shared_ptr<const Connector> connector() const = 0;
  /// True when every connection may write, and so several writers work at once.
  virtual bool many_writers() const = 0;
};

std::unique_ptr<Backend> make_backend();

/// Never sleeps.
inline DatabaseOptions test_options() {
  DatabaseOptions options;
  options.lease_timeout = std::chrono::milliseconds(50);
  options.retry.backoff = [](int) {};
  return options;
}

class DatabaseTest : public testing::Test {
 protected:
  void create(const char* table_sql) {
    const Lease lease = database_.writer();
    lease->execute_once(database_.dialect().expand(table_sql));
  }
  std::int64_t count(const char* table) {
    const Lease lease = database_.reader();
    return lease->query(std::string("SELECT COUNT(*) AS n FROM ") + table).front().integer("n");
  }

  std::unique_ptr<Backend> backend_ = make_backend();
  Database database_{backend_->connector(), test_options()};
};

template <class Work>
ErrorKind kind_of_failure(Work&& work) {
  try {
    work();
  } catch (const DbError& error) {
    return error.kind();
  }
  ADD_FAILURE() << "no DbError was thrown";
  return ErrorKind::other;
}

}  // namespace ccms::db::test
