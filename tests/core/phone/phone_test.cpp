#include "core/phone/phone.h"

#include <gtest/gtest.h>

#include <sstream>
#include <string>
#include <vector>

#include "tests/support/files/files.h"

namespace ccms::phone {
namespace {

TEST(PhoneNumbers, PeoplesSpellingsBecomeE164) {
  for (const char* text : {"+49 151 12345678", "0151 12345678", "0049 151 12345678", "(0151) 123-456 78",
                           "0151/12345678", "tel:+4915112345678", "\uFF10151 12345678"}) {
    EXPECT_EQ(normalise(text, "DE"), "+4915112345678") << text;
  }
  EXPECT_EQ(normalise("(212) 555-2368", "US"), "+12125552368");
  EXPECT_EQ(normalise("+44 20 7946 0018", "DE"), "+442079460018");
}

TEST(PhoneNumbers, WhatIsNoNumberIsNothing) {
  for (const char* text :
       {"", "abc", "12", "0151", "+49", "+999 123456789", "4242 4242 4242 4242 4242", "\xFF\xFF"}) {
    EXPECT_FALSE(normalise(text, "DE")) << text;
  }
  EXPECT_FALSE(normalise("0151 12345678", "ZZ"));
  EXPECT_FALSE(normalise("0151 12345678", ""));
  EXPECT_EQ(normalise("+49 151 12345678", ""), "+4915112345678");
}

/// The example numbers of every region that the shared data has.
TEST(PhoneNumbers, ExamplesOfEveryRegionAreKnown) {
  int seen = 0;
  int wrong = 0;
  for (const std::string& row : test::read_lines(test::shared_data("phone_numbers.csv"))) {
    std::vector<std::string> cells;
    std::stringstream stream(row);
    for (std::string cell; std::getline(stream, cell, ',');) cells.push_back(cell);
    ASSERT_GE(cells.size(), 7U) << row;
    if (cells[4] != "mobile" && cells[4] != "fixedLine") continue;
    ++seen;
    // The data is newer than Debian's libphonenumber: a few numbering plans have moved on since.
    if (normalise(cells[6], cells[0]) != cells[6]) ++wrong;
  }
  EXPECT_GT(seen, 200);
  EXPECT_LT(wrong, seen / 50);
}

}  // namespace
}  // namespace ccms::phone
