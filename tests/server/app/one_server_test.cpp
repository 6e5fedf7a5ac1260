#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "server/app/database.h"
#include "server/app/database_lock.h"
#include "tests/server/support/server_process.h"
#include "tests/server/support/server_under_test.h"
#include "tests/support/services/run_program.h"
#include "tests/support/services/temp_folder.h"

namespace ccms::test {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

class OneServer : public ::testing::Test {
 protected:
  TempFolder folder_;
  const server::Config config_ = config_for(Backend::sqlite, folder_.path());
};

TEST_F(OneServer, WorksOnAnEmbeddedDatabaseAndASecondIsRefused) {
  ServerProcess first(CCMS_SERVER, config_);
  first.start();
  const auto said =
      run_program({.command = {CCMS_SERVER, "--config", (folder_.path() / "server.json").string(), "serve"}});
  EXPECT_EQ(said.exit_code, 1);
  EXPECT_THAT(said.output, HasSubstr(config_.database.path.string() +
                                     ": another ccms-server, or one of its commands, works on it"));
  EXPECT_EQ(server::DatabaseLock::take(config_.database.path), nullptr) << "nor may we move its log";
  first.kill_hard();
  EXPECT_NE(server::DatabaseLock::take(config_.database.path), nullptr);
}

TEST_F(OneServer, KeepsADatabaseWhereNothingIsYet) {
  const auto folder = folder_.path() / "new";
  EXPECT_NE(server::DatabaseLock::take(folder / "ccms.sqlite"), nullptr);
  EXPECT_EQ(fs::status(folder).permissions(), fs::perms::owner_all);
}

TEST_F(OneServer, KeepsItsFilesFromEverybodyElse) {
  const auto folder = folder_.path() / "new";
  const auto config = config_for(Backend::sqlite, folder);
  const auto database = server::open_database(config);
  server::migrate_database(*database);
  EXPECT_EQ(fs::status(folder).permissions(), fs::perms::owner_all);
  for (const char* beside : {"", "-wal", "-shm"}) {
    EXPECT_EQ(fs::status(config.database.path.string() + beside).permissions(),
              fs::perms::owner_read | fs::perms::owner_write)
        << beside;
  }
}

}  // namespace
}  // namespace ccms::test
