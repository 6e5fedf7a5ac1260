#include "tests/support/services/child_process.h"

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <string>

#include "tests/support/services/run_program.h"
#include "tests/support/services/temp_folder.h"
#include "tests/support/services/text_file.h"
#include "tests/support/services/wait_until.h"

namespace ccms::test {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

// Gone, or a zombie that its new parent has not reaped yet: it runs no more.
bool has_ended(const std::string& pid) {
  const std::string stat = read_text("/proc/" + pid + "/stat");
  return stat.empty() || stat.find(") Z ") != std::string::npos;
}

// The process id that a child of ours wrote as its first line.
std::string written_pid(const std::filesystem::path& output) {
  if (!wait_until([&] { return read_text(output).ends_with('\n'); }, seconds(10))) return "nothing written";
  return read_text(output).substr(0, read_text(output).find('\n'));
}

TEST(ChildProcess, GivesTheExitCodeAndTheOutput) {
  const ProgramResult result = run_program({.command = {"sh", "-c", "echo out; echo err >&2; exit 7"}});
  EXPECT_EQ(result.exit_code, 7);
  EXPECT_EQ(result.output, "out\nerr\n");
}

TEST(ChildProcess, RunsWithItsEnvironmentAndFolder) {
  const TempFolder folder;
  const std::string said = run_successfully({.command = {"sh", "-c", "echo $CCMS_WORD; pwd"},
                                             .environment = {{"CCMS_WORD", "hello"}},
                                             .folder = folder.path()});
  EXPECT_EQ(said, "hello\n" + folder.path().string() + "\n");
}

TEST(ChildProcess, NamesAProgramThatIsMissing) {
  try {
    const ChildProcess process({.command = {"no-such-program"}});
    FAIL() << "it started";
  } catch (const std::runtime_error& error) {
    EXPECT_EQ(std::string(error.what()), "no-such-program is not installed: run scripts/setup");
  }
}

TEST(ChildProcess, AFailureShowsWhatTheProgramSaid) {
  try {
    run_successfully({.command = {"sh", "-c", "echo the reason; exit 3"}});
    FAIL() << "it succeeded";
  } catch (const std::runtime_error& error) {
    EXPECT_EQ(std::string(error.what()), "sh failed with 3:\nthe reason\n");
  }
}

TEST(ChildProcess, StopsInGoodOrder) {
  const TempFolder folder;
  const auto output = folder.path() / "output";
  ChildProcess process({.command = {"sh", "-c", "trap 'exit 5' TERM; echo up; while :; do sleep 0.01; done"},
                        .output = output});
  ASSERT_TRUE(wait_until([&] { return read_text(output) == "up\n"; }, seconds(10)));
  EXPECT_TRUE(process.running());
  EXPECT_EQ(process.stop(), 5);
  EXPECT_FALSE(process.running());
}

TEST(ChildProcess, KillsWhatDoesNotStop) {
  const TempFolder folder;
  const auto output = folder.path() / "output";
  ChildProcess process(
      {.command = {"sh", "-c", "trap '' TERM; echo up; while :; do sleep 0.01; done"}, .output = output});
  ASSERT_TRUE(wait_until([&] { return read_text(output) == "up\n"; }, seconds(10)));
  EXPECT_EQ(process.stop(milliseconds(50)), 128 + SIGKILL);
}

TEST(ChildProcess, KillsTheWholeGroup) {
  const TempFolder folder;
  const auto output = folder.path() / "output";
  ChildProcess process({.command = {"sh", "-c", "sleep 600 & echo $!; wait"}, .output = output});
  const std::string grandchild = written_pid(output);
  EXPECT_FALSE(has_ended(grandchild));
  process.kill_hard();
  EXPECT_EQ(process.wait_exit(milliseconds(0)), 128 + SIGKILL);
  EXPECT_TRUE(wait_until([&] { return has_ended(grandchild); }, seconds(10)));
}

TEST(ChildProcess, DiesWithTheProgramThatStartedIt) {
  const TempFolder folder;
  const auto output = folder.path() / "output";
  const pid_t middle = ::fork();
  if (middle == 0) {
    const ChildProcess process({.command = {"sh", "-c", "echo $$; exec sleep 600"}, .output = output});
    written_pid(output);
    ::kill(::getpid(), SIGKILL);
  }
  const std::string child = written_pid(output);
  ::waitpid(middle, nullptr, 0);
  EXPECT_TRUE(wait_until([&] { return has_ended(child); }, seconds(10)));
}

}  // namespace
}  // namespace ccms::test
