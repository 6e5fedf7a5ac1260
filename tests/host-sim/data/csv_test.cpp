#include "host-sim/data/csv.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>

namespace ccms::host_sim {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::ThrowsMessage;

TEST(CsvReader, keeps_commas_quotes_and_line_breaks_inside_quotes) {
  std::istringstream input("a,b\r\n\"x, y\",\"he said \"\"no\"\"\nand left\"\r\n");
  CsvReader reader(input);
  EXPECT_THAT(*reader.next(), ElementsAre("x, y", "he said \"no\"\nand left"));
  EXPECT_FALSE(reader.next());
}

TEST(CsvReader, skips_a_byte_order_mark_and_blank_lines) {
  std::istringstream input("\xEF\xBB\xBFid,name\n\n1,Mia\n\n");
  CsvReader reader(input);
  EXPECT_EQ(reader.column("id"), 0U);
  EXPECT_THAT(*reader.next(), ElementsAre("1", "Mia"));
  EXPECT_FALSE(reader.next());
}

TEST(CsvReader, reads_a_last_record_without_a_line_break) {
  std::istringstream input("a,b\n1,");
  CsvReader reader(input);
  EXPECT_THAT(*reader.next(), ElementsAre("1", ""));
}

TEST(CsvReader, names_the_record_of_another_width) {
  std::istringstream input("a,b\n1,2\n1,2,3\n");
  CsvReader reader(input);
  ASSERT_TRUE(reader.next());
  EXPECT_THAT([&] { reader.next(); }, ThrowsMessage<std::runtime_error>(HasSubstr("record 3 has 3 fields")));
}

TEST(CsvReader, refuses_a_quote_that_never_ends) {
  std::istringstream input("a\n\"open");
  CsvReader reader(input);
  EXPECT_THAT([&] { reader.next(); }, ThrowsMessage<std::runtime_error>(HasSubstr("inside quotes")));
}

TEST(CsvReader, names_a_missing_column) {
  std::istringstream input("a,b\n");
  const CsvReader reader(input);
  EXPECT_THAT([&] { reader.column("amount"); },
              ThrowsMessage<std::runtime_error>(HasSubstr("no column amount")));
}

TEST(CsvReader, refuses_an_empty_file) {
  std::istringstream input("");
  EXPECT_THROW(CsvReader{input}, std::runtime_error);
}

}  // namespace
}  // namespace ccms::host_sim
