#include "core/workflow/working_time.h"

#include <gtest/gtest.h>

#include <string>

namespace ccms::workflow {
namespace {

using namespace std::chrono_literals;
using domain::Instant;
using settings::Calendar;
using settings::OpeningHours;

constexpr unsigned kEveryDay = 0b1111111;
constexpr unsigned kWorkdays = 0b0011111;

Instant utc(std::string_view text) { return domain::parse_rfc3339(text).value(); }

std::string shown(const std::optional<Instant>& instant) {
  return instant ? domain::format_rfc3339(*instant) : "never";
}

Calendar calendar_in(std::string zone, std::vector<OpeningHours> hours) {
  return {std::move(zone), std::move(hours), {}, {}};
}

/// Nine to five, Monday to Friday.
Calendar office(std::string zone = "Europe/Berlin") {
  return calendar_in(std::move(zone), {{kWorkdays, 9 * 60, 17 * 60}});
}

Calendar round_the_clock(std::string zone) { return calendar_in(std::move(zone), {{kEveryDay, 0, 1440}}); }

WorkingTime made(const Calendar& calendar) { return WorkingTime::of(calendar).value(); }

TEST(WorkingTimes, CountOpenHoursAlone) {
  const WorkingTime time = made(office());
  // Friday 16:00 to Monday 10:00.
  EXPECT_EQ(time.between(utc("2026-11-20T15:00:00.000Z"), utc("2026-11-23T09:00:00.000Z")), 2h);
  EXPECT_EQ(time.between(utc("2026-11-21T00:00:00.000Z"), utc("2026-11-22T00:00:00.000Z")), 0h);
  EXPECT_EQ(time.between(utc("2026-11-23T09:00:00.000Z"), utc("2026-11-20T15:00:00.000Z")), 0h);
  EXPECT_EQ(time.between(utc("2026-11-20T15:59:59.999Z"), utc("2026-11-23T08:00:00.001Z")), 2ms);
}

TEST(WorkingTimes, ADeadlineSkipsTheWeekend) {
  const WorkingTime time = made(office());
  EXPECT_EQ(shown(time.add(utc("2026-11-20T15:00:00.000Z"), 2h)), "2026-11-23T09:00:00.000Z");
  // The whole rest of Friday: its end, not Monday's beginning.
  EXPECT_EQ(shown(time.add(utc("2026-11-20T15:00:00.000Z"), 1h)), "2026-11-20T16:00:00.000Z");
  EXPECT_EQ(shown(time.add(utc("2026-11-21T15:00:00.000Z"), 0h)), "2026-11-21T15:00:00.000Z");
}

TEST(WorkingTimes, ADeadlineCanBeCountedBack) {
  const WorkingTime time = made(office());
  EXPECT_EQ(shown(time.subtract(utc("2026-11-23T09:00:00.000Z"), 2h)), "2026-11-20T15:00:00.000Z");
  // Monday's beginning, not Friday's end: the last moment from which that much is left.
  EXPECT_EQ(shown(time.subtract(utc("2026-11-23T09:00:00.000Z"), 1h)), "2026-11-23T08:00:00.000Z");
}

TEST(WorkingTimes, ADayMayHaveSeveralShifts) {
  const WorkingTime time =
      made(calendar_in("Europe/Berlin", {{kWorkdays, 13 * 60, 18 * 60}, {kWorkdays, 8 * 60, 12 * 60}}));
  EXPECT_EQ(time.between(utc("2026-11-20T07:00:00.000Z"), utc("2026-11-20T17:00:00.000Z")), 9h);
  EXPECT_EQ(shown(time.add(utc("2026-11-20T10:30:00.000Z"), 1h)), "2026-11-20T12:30:00.000Z");
  EXPECT_FALSE(time.is_open(utc("2026-11-20T11:30:00.000Z")));
  EXPECT_EQ(shown(time.next_open(utc("2026-11-20T11:30:00.000Z"))), "2026-11-20T12:00:00.000Z");
}

TEST(WorkingTimes, ShiftsThatOverlapCountOnce) {
  const WorkingTime time = made(calendar_in(
      "UTC", {{kEveryDay, 8 * 60, 12 * 60}, {kEveryDay, 10 * 60, 14 * 60}, {kEveryDay, 660, 720}}));
  EXPECT_EQ(time.between(utc("2026-11-20T00:00:00.000Z"), utc("2026-11-21T00:00:00.000Z")), 6h);
}

TEST(WorkingTimes, RoundTheClockIsTheClockWhateverItsZoneDoes) {
  for (const char* zone : {"Europe/Berlin", "Europe/London", "America/New_York", "America/Sao_Paulo",
                           "Australia/Lord_Howe", "Asia/Kolkata", "Pacific/Apia", "America/St_Johns"}) {
    const WorkingTime time = made(round_the_clock(zone));
    const Instant from = utc("2009-01-01T00:00:00.000Z");
    const Instant to = utc("2018-06-01T00:00:00.000Z");
    EXPECT_EQ(time.between(from, to), to - from) << zone;
    EXPECT_EQ(time.add(from, 1234567h), from + 1234567h) << zone;
  }
}

TEST(WorkingTimes, AHolidayIsClosedAllDay) {
  Calendar calendar = office();
  calendar.holidays = {"2026-12-25"};
  // Thursday 16:00 to Monday 10:00 over Christmas Day, a Friday.
  EXPECT_EQ(made(calendar).between(utc("2026-12-24T15:00:00.000Z"), utc("2026-12-28T09:00:00.000Z")), 2h);
}

TEST(WorkingTimes, TheLastSeasonThatHoldsADateReplacesTheHours) {
  Calendar calendar = office();
  calendar.seasons = {{"advent", {}, "11-29", "12-24", {{kEveryDay, 9 * 60, 21 * 60}}},
                      {"closed in 2026", {}, "2026-12-24", "2026-12-24", {}}};
  const WorkingTime time = made(calendar);
  EXPECT_EQ(time.between(utc("2026-11-28T00:00:00.000Z"), utc("2026-11-30T00:00:00.000Z")), 12h);
  EXPECT_EQ(time.between(utc("2026-12-23T23:00:00.000Z"), utc("2026-12-24T23:00:00.000Z")), 0h);
  EXPECT_EQ(time.between(utc("2027-12-23T23:00:00.000Z"), utc("2027-12-24T23:00:00.000Z")), 12h);
}

TEST(WorkingTimes, ASeasonMayGoOverNewYear) {
  Calendar calendar = office();
  calendar.seasons = {{"winter", {}, "12-27", "01-06", {}}};
  const WorkingTime time = made(calendar);
  EXPECT_EQ(shown(time.next_open(utc("2026-12-27T12:00:00.000Z"))), "2027-01-07T08:00:00.000Z");
  EXPECT_TRUE(time.is_open(utc("2026-12-22T12:00:00.000Z")));
}

TEST(WorkingTimes, AHolidayIsClosedWhateverTheSeason) {
  Calendar calendar = office();
  calendar.seasons = {{"always", {}, "01-01", "12-31", {{kEveryDay, 0, 1440}}}};
  calendar.holidays = {"2026-12-25"};
  EXPECT_EQ(made(calendar).between(utc("2026-12-24T23:00:00.000Z"), utc("2026-12-26T23:00:00.000Z")), 24h);
}

TEST(WorkingTimes, AShiftIsShorterWhenClocksGoForward) {
  // Sunday 2026-03-29, from 02:00 to 03:00.
  const Instant from = utc("2026-03-28T23:00:00.000Z"), to = utc("2026-03-29T22:00:00.000Z");
  EXPECT_EQ(made(calendar_in("Europe/Berlin", {{kEveryDay, 0, 6 * 60}})).between(from, to), 5h);
  EXPECT_EQ(made(calendar_in("Europe/Berlin", {{kEveryDay, 150, 6 * 60}})).between(from, to), 3h);
  EXPECT_EQ(made(calendar_in("Europe/Berlin", {{kEveryDay, 60, 150}})).between(from, to), 1h);
  EXPECT_EQ(made(calendar_in("Europe/Berlin", {{kEveryDay, 130, 170}})).between(from, to), 0h);
}

TEST(WorkingTimes, AShiftIsLongerWhenClocksGoBack) {
  // Sunday 2026-10-25, from 03:00 to 02:00.
  const Instant from = utc("2026-10-24T22:00:00.000Z"), to = utc("2026-10-25T23:00:00.000Z");
  EXPECT_EQ(made(calendar_in("Europe/Berlin", {{kEveryDay, 0, 6 * 60}})).between(from, to), 7h);
  // Begins the first time the clock shows it, and ends the last time.
  EXPECT_EQ(made(calendar_in("Europe/Berlin", {{kEveryDay, 150, 6 * 60}})).between(from, to), 4h + 30min);
  EXPECT_EQ(made(calendar_in("Europe/Berlin", {{kEveryDay, 60, 150}})).between(from, to), 2h + 30min);
  // Nothing before 02:00 comes twice, so that this one is as long as ever.
  EXPECT_EQ(made(calendar_in("Europe/Berlin", {{kEveryDay, 60, 120}})).between(from, to), 1h);
}

TEST(WorkingTimes, HalfAnHourOfSummerTimeIsHalfAnHour) {
  const WorkingTime time = made(calendar_in("Australia/Lord_Howe", {{kEveryDay, 0, 6 * 60}}));
  EXPECT_EQ(time.between(utc("2026-04-04T12:00:00.000Z"), utc("2026-04-05T12:00:00.000Z")), 6h + 30min);
  EXPECT_EQ(time.between(utc("2026-10-03T12:00:00.000Z"), utc("2026-10-04T12:00:00.000Z")), 5h + 30min);
}

TEST(WorkingTimes, ADayThatWasSkippedIsNoWorkingDay) {
  const WorkingTime time = made(calendar_in("Pacific/Apia", {{kEveryDay, 9 * 60, 17 * 60}}));
  // Thursday the 29th at noon, ten hours behind UTC; the next day was Saturday the 31st, fourteen ahead.
  const Instant noon = utc("2011-12-29T22:00:00.000Z");
  EXPECT_EQ(shown(time.add(noon, 6h)), "2011-12-30T20:00:00.000Z");
  EXPECT_EQ(shown(time.end_of_working_day(noon, 1)), "2011-12-31T03:00:00.000Z");
}

TEST(WorkingTimes, DatesThatGoBackAreCountedOnce) {
  // 2009-11-01 in St John's: a minute after midnight it was 23:01 of Saturday again.
  const WorkingTime time = made(round_the_clock("America/St_Johns"));
  const Instant from = utc("2009-11-01T01:00:00.000Z"), to = utc("2009-11-01T05:00:00.000Z");
  EXPECT_EQ(time.between(from, to), 4h);
  const WorkingTime saturdays = made(calendar_in("America/St_Johns", {{0b0100000, 0, 1440}}));
  EXPECT_EQ(saturdays.between(utc("2009-10-31T00:00:00.000Z"), utc("2009-11-02T00:00:00.000Z")), 25h);
}

TEST(WorkingTimes, WorkingDaysEndAtTheirLastClosing) {
  Calendar calendar = office();
  calendar.holidays = {"2026-11-24"};
  const WorkingTime time = made(calendar);
  const Instant friday = utc("2026-11-20T16:50:00.000Z");
  EXPECT_EQ(shown(time.end_of_working_day(friday, 1)), "2026-11-23T16:00:00.000Z");
  EXPECT_EQ(shown(time.end_of_working_day(friday, 2)), "2026-11-25T16:00:00.000Z");
  EXPECT_EQ(shown(time.start_of_working_day_before(utc("2026-11-25T16:00:00.000Z"), 1)),
            "2026-11-23T08:00:00.000Z");
}

TEST(WorkingTimes, TheLocalDayDecidesWhichWorkingDayIsNext) {
  const WorkingTime time = made(office("America/New_York"));
  // Already Tuesday in UTC, still Monday evening in New York.
  EXPECT_EQ(shown(time.end_of_working_day(utc("2026-11-24T01:00:00.000Z"), 1)), "2026-11-24T22:00:00.000Z");
}

TEST(WorkingTimes, ACalendarThatNeverOpensHasNoDeadline) {
  const WorkingTime time = made(calendar_in("Europe/Berlin", {}));
  const Instant now = utc("2026-11-20T15:00:00.000Z");
  EXPECT_EQ(shown(time.add(now, 1ms)), "never");
  EXPECT_EQ(shown(time.subtract(now, 1ms)), "never");
  EXPECT_EQ(shown(time.next_open(now)), "never");
  EXPECT_EQ(shown(time.end_of_working_day(now, 1)), "never");
  EXPECT_EQ(shown(time.start_of_working_day_before(now, 1)), "never");
  EXPECT_EQ(shown(time.add(now, 0ms)), "2026-11-20T15:00:00.000Z");
}

TEST(WorkingTimes, ACalendarThatOpensOnLeapDaysAloneDoesOpen) {
  Calendar calendar = calendar_in("UTC", {});
  calendar.seasons = {{"leap day", {}, "02-29", "02-29", {{kEveryDay, 600, 660}}}};
  EXPECT_EQ(shown(made(calendar).next_open(utc("2097-01-01T00:00:00.000Z"))), "2104-02-29T10:00:00.000Z");
}

TEST(WorkingTimes, WhatLiesBeyondAllDatesIsNever) {
  const WorkingTime time = made(round_the_clock("UTC"));
  EXPECT_EQ(shown(time.add(utc("9999-11-20T15:00:00.000Z"), 24h * 40)), "9999-12-30T15:00:00.000Z");
  EXPECT_EQ(shown(time.add(utc("9999-11-20T15:00:00.000Z"), 24h * 50)), "never");
}

TEST(WorkingTimes, AreRefusedForCalendarsThatNobodyChecked) {
  const auto refusal = [](const Calendar& calendar) {
    const auto time = WorkingTime::of(calendar);
    return time.ok() ? "made" : time.error().code;
  };
  EXPECT_EQ(refusal(office("Europe/Nowhere")), "unknown_time_zone");
  EXPECT_EQ(refusal(calendar_in("UTC", {{kEveryDay, 600, 600}})), "malformed_calendar");
  EXPECT_EQ(refusal(calendar_in("UTC", {{kEveryDay, 600, 1441}})), "malformed_calendar");
  Calendar calendar = office();
  calendar.holidays = {"2026-02-29"};
  EXPECT_EQ(refusal(calendar), "malformed_calendar");
  calendar.holidays = {"12-25"};
  EXPECT_EQ(refusal(calendar), "malformed_calendar");
  calendar.holidays.clear();
  calendar.seasons = {{"mixed", {}, "2026-12-01", "12-24", {}}};
  EXPECT_EQ(refusal(calendar), "malformed_calendar");
}

}  // namespace
}  // namespace ccms::workflow
