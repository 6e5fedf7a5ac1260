#include "tests/support/services/temp_folder.h"

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/support/services/text_file.h"

namespace ccms::test {
namespace {

TEST(TempFolder, IsGoneWithTheObject) {
  std::filesystem::path path;
  {
    const TempFolder folder;
    path = folder.path();
    folder.write("a/b", "c");
    EXPECT_TRUE(std::filesystem::exists(path / "a" / "b"));
  }
  EXPECT_FALSE(std::filesystem::exists(path));
}

TEST(TempFolder, IsSweptWhenItsProgramDidNotLiveToRemoveIt) {
  const TempFolder shared;
  const pid_t crashing = ::fork();
  if (crashing == 0) {
    const TempFolder lost;
    lost.write("big/file", "x");
    shared.write("path", lost.path().string());
    ::_exit(0);  // no destructor runs
  }
  ::waitpid(crashing, nullptr, 0);
  const std::filesystem::path lost = read_text(shared.path() / "path");
  ASSERT_TRUE(std::filesystem::exists(lost));
  const TempFolder next;
  EXPECT_FALSE(std::filesystem::exists(lost));
  EXPECT_TRUE(std::filesystem::exists(shared.path()));
}

}  // namespace
}  // namespace ccms::test
