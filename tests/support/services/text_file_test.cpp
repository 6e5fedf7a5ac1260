#include "tests/support/services/text_file.h"

#include <gtest/gtest.h>

#include "tests/support/services/temp_folder.h"

namespace ccms::test {
namespace {

TEST(TextFile, ReadsEveryByteBack) {
  const TempFolder folder;
  const std::string text("a\0b\n\xff", 5);
  EXPECT_EQ(read_text(folder.write("deep/er/file", text)), text);
}

TEST(TextFile, AMissingFileIsEmpty) { EXPECT_EQ(read_text("/nowhere/at/all"), ""); }

TEST(TextFile, GivesTheLastLinesOnly) {
  const TempFolder folder;
  const auto file = folder.write("log", "one\ntwo\nthree\n");
  EXPECT_EQ(last_lines(file, 2), "two\nthree\n");
  EXPECT_EQ(last_lines(file, 3), "one\ntwo\nthree\n");
  EXPECT_EQ(last_lines(file, 9), "one\ntwo\nthree\n");
  EXPECT_EQ(last_lines(folder.write("unfinished", "one\ntwo"), 1), "two");
}

}  // namespace
}  // namespace ccms::test
