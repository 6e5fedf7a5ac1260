#include "tests/support/services/mariadb_service.h"

#include <gtest/gtest.h>
#include <mysql.h>

#include <stdexcept>

namespace ccms::test {
namespace {

bool can_connect(const MariaDbAddress& address) {
  const std::unique_ptr<MYSQL, decltype(&::mysql_close)> connection(::mysql_init(nullptr), &::mysql_close);
  return ::mysql_real_connect(connection.get(), address.host.c_str(), address.user.c_str(),
                              address.password.c_str(), address.database.c_str(), address.port, nullptr,
                              0) != nullptr;
}

TEST(MariaDbService, GivesDatabasesThatAreApart) {
  MariaDbService& service = MariaDbService::shared();
  const MariaDbAddress one = service.fresh_database();
  const MariaDbAddress two = service.fresh_database();
  EXPECT_NE(one.database, two.database);
  EXPECT_TRUE(can_connect(one));
  EXPECT_TRUE(can_connect(two));
}

TEST(MariaDbService, KeepsCommittedRowsThroughAKill) {
  MariaDbService& service = MariaDbService::shared();
  const MariaDbAddress address = service.fresh_database();
  service.run_sql("CREATE TABLE " + address.database + ".t (a INT) ENGINE=InnoDB");
  service.run_sql("INSERT INTO " + address.database + ".t VALUES (42)");
  service.kill_hard();
  EXPECT_FALSE(can_connect(address));
  service.start();
  EXPECT_EQ(service.run_sql("SELECT a FROM " + address.database + ".t"), "42");
  EXPECT_TRUE(can_connect(address));
}

TEST(MariaDbService, SaysWhatTheServerRefuses) {
  try {
    MariaDbService::shared().run_sql("SELECT 1; SELEKT 2");
    FAIL() << "it was accepted";
  } catch (const std::runtime_error& error) {
    EXPECT_NE(std::string(error.what()).find("SELEKT"), std::string::npos) << error.what();
  }
}

}  // namespace
}  // namespace ccms::test
