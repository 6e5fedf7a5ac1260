#include "server/jobs/lease.h"

#include <gtest/gtest.h>

#include "core/db/transaction.h"
#include "tests/server/support/staff_server.h"

namespace ccms::test {
namespace {

class LeaseTest : public OnBothDatabases {
 protected:
  bool hold(const std::string& owner) {
    return db::with_transaction(server.database(), [&](db::Connection& connection) {
      return server::hold_lease(connection, "work", owner, server.clock().now(), std::chrono::seconds(10));
    });
  }
};

TEST_P(LeaseTest, OneOwnerAtATimeWhoMayProlong) {
  EXPECT_TRUE(hold("a"));
  EXPECT_TRUE(hold("a"));
  EXPECT_FALSE(hold("b"));
  server.clock().advance(std::chrono::seconds(11));
  EXPECT_TRUE(hold("b"));
  EXPECT_FALSE(hold("a"));
}

INSTANTIATE_TEST_SUITE_P(Databases, LeaseTest, testing::Values(Backend::sqlite, Backend::mariadb),
                         backend_name);

}  // namespace
}  // namespace ccms::test
