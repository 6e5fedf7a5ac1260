#include "core/tz/local_clock.h"

#include <gtest/gtest.h>

#include "core/tz/tz.h"

namespace ccms::tz {
namespace {

using domain::format_rfc3339;
using domain::Instant;

Instant utc(std::string_view text) { return domain::parse_rfc3339(text).value(); }

/// A wall clock's reading, written as if it were UTC.
LocalTime wall(std::string_view text) { return LocalTime(utc(text).time_since_epoch()); }

LocalClock clock_of(std::string_view zone) { return LocalClock::of(zone).value(); }

TEST(LocalClocks, ExistForKnownZonesAlone) {
  EXPECT_EQ(LocalClock::of("Europe/Nowhere").error().code, "unknown_time_zone");
  EXPECT_EQ(clock_of("Europe/Berlin"), clock_of("Europe/Berlin"));
  EXPECT_NE(clock_of("Europe/Berlin"), clock_of("Europe/London"));
}

TEST(LocalClocks, AgreeWithTheZoneAtEveryHalfHourOfYears) {
  for (const char* zone : {"Europe/Berlin", "America/Sao_Paulo", "Australia/Lord_Howe", "Asia/Kolkata",
                           "Pacific/Apia", "America/St_Johns", "UTC"}) {
    const LocalClock clock = clock_of(zone);
    for (Instant at = utc("2009-01-01T00:00:00.000Z"); at < utc("2012-02-01T00:00:00.000Z");
         at += std::chrono::minutes(30)) {
      ASSERT_EQ(clock.reading_at(at), *to_local(zone, at)) << zone << " " << format_rfc3339(at);
    }
  }
}

struct Reading {
  const char* zone;
  const char* reading;
  const char* first;
  const char* last;
};

TEST(LocalClocks, KnowWhenAReadingComesAndWhenItIsPastForGood) {
  const Reading readings[] = {
      {"Europe/Berlin", "2026-11-21T12:00:00.000Z", "2026-11-21T11:00:00.000Z", "2026-11-21T11:00:00.000Z"},
      // Twice: from 03:00 back to 02:00.
      {"Europe/Berlin", "2026-10-25T02:30:00.000Z", "2026-10-25T00:30:00.000Z", "2026-10-25T01:30:00.000Z"},
      // Comes twice itself, but nothing before it does.
      {"Europe/Berlin", "2026-10-25T02:00:00.000Z", "2026-10-25T00:00:00.000Z", "2026-10-25T00:00:00.000Z"},
      {"Europe/Berlin", "2026-10-25T03:00:00.000Z", "2026-10-25T02:00:00.000Z", "2026-10-25T02:00:00.000Z"},
      // Skipped: from 02:00 to 03:00.
      {"Europe/Berlin", "2026-03-29T02:30:00.000Z", "2026-03-29T01:00:00.000Z", "2026-03-29T01:00:00.000Z"},
      // Half an hour twice.
      {"Australia/Lord_Howe", "2026-04-05T01:45:00.000Z", "2026-04-04T14:45:00.000Z",
       "2026-04-04T15:15:00.000Z"},
      // One minute past midnight goes back to one minute past eleven of the day before.
      {"America/St_Johns", "2009-11-01T00:00:00.000Z", "2009-11-01T02:30:00.000Z",
       "2009-11-01T03:30:00.000Z"},
      // Midnight itself is skipped.
      {"America/Sao_Paulo", "2017-10-15T00:00:00.000Z", "2017-10-15T03:00:00.000Z",
       "2017-10-15T03:00:00.000Z"},
      // A whole day is skipped.
      {"Pacific/Apia", "2011-12-30T15:00:00.000Z", "2011-12-30T10:00:00.000Z", "2011-12-30T10:00:00.000Z"},
      // Before and after all that is known.
      {"Asia/Kolkata", "1950-01-01T05:30:00.000Z", "1950-01-01T00:00:00.000Z", "1950-01-01T00:00:00.000Z"},
      {"Asia/Kolkata", "2999-01-01T05:30:00.000Z", "2999-01-01T00:00:00.000Z", "2999-01-01T00:00:00.000Z"},
  };
  for (const Reading& r : readings) {
    const LocalClock clock = clock_of(r.zone);
    EXPECT_EQ(format_rfc3339(clock.first_at_or_after(wall(r.reading))), r.first) << r.zone << r.reading;
    EXPECT_EQ(format_rfc3339(clock.end_of_before(wall(r.reading))), r.last) << r.zone << r.reading;
  }
}

}  // namespace
}  // namespace ccms::tz
