#include "host-sim/process/child_process.h"

#include <gtest/gtest.h>

#include <csignal>

#include "tests/support/services/temp_folder.h"

namespace ccms::host_sim {
namespace {

constexpr std::chrono::seconds kLong{20};

TEST(ChildProcess, speaks_in_lines) {
  const test::TempFolder folder;
  ChildProcess child({"/bin/cat"}, folder.path() / "errors.txt");
  EXPECT_TRUE(child.write_line("one"));
  EXPECT_TRUE(child.write_line("two"));
  EXPECT_EQ(child.read_line(kLong), "one");
  EXPECT_EQ(child.read_line(kLong), "two");
  child.close_input();
  EXPECT_FALSE(child.read_line(kLong));
  EXPECT_EQ(child.wait(kLong), 0);
}

TEST(ChildProcess, what_it_said_before_a_kill_can_still_be_read) {
  const test::TempFolder folder;
  ChildProcess child({"/bin/sh", "-c", "echo said; read never"}, folder.path() / "errors.txt");
  ASSERT_EQ(child.read_line(kLong), "said");
  child.kill_now();
  EXPECT_FALSE(child.running());
  EXPECT_FALSE(child.read_line(kLong));
}

TEST(ChildProcess, run_command_gives_output_and_exit_code) {
  const test::TempFolder folder;
  const auto result = run_command({"/bin/sh", "-c", "read word; echo got $word; exit 3"}, folder.path() / "e",
                                  kLong, "input");
  EXPECT_EQ(result.output, "got input\n");
  EXPECT_EQ(result.exit_code, 3);
}

}  // namespace
}  // namespace ccms::host_sim
