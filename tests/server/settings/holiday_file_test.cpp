#include "server/settings/holiday_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

namespace ccms::server {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::string event(const std::string& lines) { return "BEGIN:VEVENT\r\n" + lines + "END:VEVENT\r\n"; }

std::string calendar(const std::string& events) {
  return "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//test//EN\r\n" + events + "END:VCALENDAR\r\n";
}

HolidayFile read(const std::string& events, YearSpan years = {2026, 2028}) {
  auto file = read_holidays(calendar(events), years);
  EXPECT_TRUE(file.ok());
  return file ? *std::move(file) : HolidayFile{};
}

std::vector<std::string> dates(const std::string& events) {
  std::vector<std::string> found;
  for (const Holiday& holiday : read(events).holidays) found.push_back(holiday.date);
  return found;
}

std::string why_not(const std::string& lines) {
  const auto file = read(event(lines));
  EXPECT_THAT(file.holidays, IsEmpty());
  return file.skipped.size() == 1 ? file.skipped.front().why : "";
}

TEST(HolidayFile, AnEventOfOneDayIsOneHoliday) {
  const auto file =
      read(event("DTSTART;VALUE=DATE:20261225\r\nDTEND;VALUE=DATE:20261226\r\n"
                 "SUMMARY:Christmas\r\n  Day\r\n"));
  EXPECT_THAT(file.holidays, ElementsAre(Holiday{"2026-12-25", "Christmas Day"}));
  EXPECT_THAT(file.skipped, IsEmpty());
  EXPECT_THAT(dates(event("DTSTART;VALUE=DATE:20261003\r\n")), ElementsAre("2026-10-03")) << "no end";
}

TEST(HolidayFile, TheEndOfSeveralDaysIsNotInThem) {
  EXPECT_THAT(dates(event("DTSTART;VALUE=DATE:20261230\r\nDTEND;VALUE=DATE:20270102\r\n")),
              ElementsAre("2026-12-30", "2026-12-31", "2027-01-01"));
  EXPECT_THAT(dates(event("DTSTART;VALUE=DATE:20261225\r\nDURATION:P2D\r\n")),
              ElementsAre("2026-12-25", "2026-12-26"));
}

TEST(HolidayFile, WhatRepeatsIsThereInEachOfTheYears) {
  EXPECT_THAT(dates(event("DTSTART;VALUE=DATE:19901003\r\nRRULE:FREQ=YEARLY\r\n")),
              ElementsAre("2026-10-03", "2027-10-03", "2028-10-03"));
  EXPECT_THAT(dates(event("DTSTART;VALUE=DATE:20261003\r\nRRULE:FREQ=YEARLY;COUNT=2\r\n")),
              ElementsAre("2026-10-03", "2027-10-03"));
  EXPECT_THAT(dates(event("DTSTART;VALUE=DATE:20200907\r\nRRULE:FREQ=YEARLY;BYMONTH=9;BYDAY=1MO\r\n"
                          "EXDATE;VALUE=DATE:20270906\r\n")),
              ElementsAre("2026-09-07", "2028-09-04"))
      << "the first Monday of September, but not that of 2027";
  EXPECT_THAT(dates(event("DTSTART;VALUE=DATE:20201231\r\nDTEND;VALUE=DATE:20210102\r\n"
                          "RRULE:FREQ=YEARLY;UNTIL=20261231\r\n")),
              ElementsAre("2026-01-01", "2026-12-31", "2027-01-01"))
      << "what began the year before lasts over New Year";
}

TEST(HolidayFile, ADayIsThereOnceAndAllAreInOrder) {
  const auto file = read(event("DTSTART;VALUE=DATE:20270101\r\nSUMMARY:New Year\r\n") +
                         event("DTSTART;VALUE=DATE:20261226\r\nSUMMARY:Boxing Day\r\n") +
                         event("DTSTART;VALUE=DATE:20270101\r\nSUMMARY:Neujahr\r\n"));
  EXPECT_THAT(file.holidays,
              ElementsAre(Holiday{"2026-12-26", "Boxing Day"}, Holiday{"2027-01-01", "New Year"}));
}

TEST(HolidayFile, WhatIsSkippedIsSkippedForAReason) {
  EXPECT_EQ(why_not("DTSTART:20261224T180000Z\r\nSUMMARY:Party\r\n"), "it is not about whole days");
  EXPECT_EQ(why_not("DTSTART;VALUE=DATE:20201225\r\n"), "no day of it is in 2026 to 2028");
  EXPECT_EQ(why_not("DTSTART;VALUE=DATE:20261225\r\nSTATUS:CANCELLED\r\n"), "it was cancelled");
  EXPECT_EQ(why_not("DTSTART;VALUE=DATE:20260601\r\nDTEND;VALUE=DATE:20260901\r\n"),
            "it lasts longer than a month");
  EXPECT_EQ(why_not("DTSTART;VALUE=DATE:20261225\r\nRECURRENCE-ID;VALUE=DATE:20261224\r\n"),
            "it changes one occurrence of another event");
  EXPECT_EQ(why_not("SUMMARY:Some day\r\n"), "it has no day");
}

TEST(HolidayFile, AnythingElseIsNoCalendar) {
  for (const std::string& bytes :
       {std::string(), std::string("{}"), std::string("BEGIN:VCARD\r\nEND:VCARD\r\n"), std::string("\0\0", 2),
        std::string("<html></html>")}) {
    const auto file = read_holidays(bytes, {2026, 2028});
    ASSERT_FALSE(file.ok()) << bytes;
    EXPECT_EQ(file.error().code, "not_icalendar");
  }
}

TEST(HolidayFile, HolidaysAreAddedOnceAndInOrder) {
  auto document = nlohmann::ordered_json::parse(
      R"({"z": 1, "regions": [{"id": "de", "holidays": ["2026-12-25"]}, {"id": "uk", "holidays": []}]})");
  const std::vector<Holiday> holidays = {{"2026-10-03", "Unity"}, {"2026-12-25", "Christmas"}};
  const auto result = add_holidays(document, "de", holidays);
  ASSERT_TRUE(result.ok());
  EXPECT_THAT(result->added, ElementsAre(holidays[0]));
  EXPECT_THAT(result->already_there, ElementsAre(holidays[1]));
  EXPECT_EQ(
      document.dump(),
      R"({"z":1,"regions":[{"id":"de","holidays":["2026-10-03","2026-12-25"]},{"id":"uk","holidays":[]}]})");
  EXPECT_EQ(add_holidays(document, "fr", holidays).error().code, "unknown_region");
}

}  // namespace
}  // namespace ccms::server
