#include "host-sim/run/scenario.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>

#include "tests/support/services/temp_folder.h"

namespace ccms::host_sim {
namespace {

using ::testing::HasSubstr;
using ::testing::ThrowsMessage;

constexpr const char* kScenario = R"({
  "seed": 9, "plugin": "lib/p.so", "work_folder": "${CCMS_TEST_WORK}/run",
  "server": {"url": "http://127.0.0.1:1", "user": "hq", "password": "x", "kill_at": [0.5]},
  "tills": [{"store": "S1", "till": "T1", "faults": {"cut": 0.1}, "offline": [[0.25, 0.5]]}],
  "transactions": [], "texts": ["it broke"], "tickets": 3})";

TEST(Scenario, is_read_with_variables_and_relative_paths) {
  const test::TempFolder folder;
  setenv("CCMS_TEST_WORK", "/somewhere", 1);
  const auto scenario = load_scenario(folder.write("s.json", kScenario));
  EXPECT_EQ(scenario.seed, 9U);
  EXPECT_EQ(scenario.work_folder, "/somewhere/run");
  EXPECT_EQ(scenario.plugin, folder.path() / "lib/p.so");
  EXPECT_EQ(scenario.tills.front().faults.at(NetworkFault::kCut), 0.1);
  EXPECT_EQ(scenario.tills.front().offline.front(), ShareOfRun(0.25, 0.5));
  EXPECT_EQ(scenario.tickets, 3U);
}

TEST(Scenario, names_a_variable_that_is_not_set) {
  const test::TempFolder folder;
  unsetenv("CCMS_TEST_WORK");
  const auto file = folder.write("s.json", kScenario);
  EXPECT_THAT([&] { load_scenario(file); }, ThrowsMessage<std::runtime_error>(HasSubstr("CCMS_TEST_WORK")));
}

TEST(Scenario, names_a_missing_member) {
  const test::TempFolder folder;
  const auto file = folder.write("s.json", R"({"plugin": "p", "work_folder": "w"})");
  EXPECT_THAT([&] { load_scenario(file); }, ThrowsMessage<std::runtime_error>(HasSubstr("server")));
}

}  // namespace
}  // namespace ccms::host_sim
