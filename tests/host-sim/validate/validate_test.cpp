// The conformance checks as a host developer runs them: host-sim validate PLUGIN.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "host-sim/process/child_process.h"
#include "tests/support/services/temp_folder.h"

namespace ccms::host_sim {
namespace {

using ::testing::ContainsRegex;
using ::testing::HasSubstr;

CommandResult validate(const std::string& plugin) {
  const test::TempFolder folder;
  return run_command({CCMS_HOST_SIM, "validate", plugin}, folder.path() / "errors.txt",
                     std::chrono::minutes(4));
}

CommandResult validate_broken(const std::string& name) {
  return validate(std::string(CCMS_BROKEN_PLUGINS) + "/broken_" + name + ".so");
}

TEST(Validate, passes_our_plugin) {
  const auto result = validate(CCMS_PLUGIN);
  EXPECT_EQ(result.exit_code, 0) << result.output;
  EXPECT_THAT(result.output, ContainsRegex("\n[0-9]+ passed, 0 failed\n$"));
}

struct Broken {
  const char* plugin;
  const char* failing_check;
  const char* reason;
};

class ValidateBroken : public ::testing::TestWithParam<Broken> {};

TEST_P(ValidateBroken, names_the_rule_that_is_broken) {
  const auto result = validate_broken(GetParam().plugin);
  EXPECT_EQ(result.exit_code, 1);
  EXPECT_THAT(result.output,
              ContainsRegex(std::string("FAIL  ") + GetParam().failing_check + " .*" + GetParam().reason));
  EXPECT_THAT(result.output, ContainsRegex("\n[0-9]+ passed, [1-9][0-9]* failed\n$"));
}

INSTANTIATE_TEST_SUITE_P(
    Plugins, ValidateBroken,
    ::testing::Values(Broken{"writes_twice", "writes_exactly_once", "2 times"},
                      Broken{"crashes_on_null", "refuses_null_pointers", "crashes with signal 11"},
                      Broken{"any_thread", "refuses_another_thread", "another thread"},
                      Broken{"answers_inside", "refuses_calls_from_inside_a_callback", "got status 0"},
                      Broken{"slow_stop", "stops_in_time_while_the_server_hangs", "longer than two seconds"},
                      Broken{"never_leaves", "exports_the_entry_alone", "ccms_helper_that_leaked_out"}),
    [](const auto& test) { return std::string(test.param.plugin); });

TEST(Validate, fails_what_is_no_plugin) {
  const auto result = validate("/lib/x86_64-linux-gnu/libc.so.6");
  EXPECT_EQ(result.exit_code, 1);
  EXPECT_THAT(result.output, HasSubstr("does not export ccms_plugin_entry"));
}

}  // namespace
}  // namespace ccms::host_sim
