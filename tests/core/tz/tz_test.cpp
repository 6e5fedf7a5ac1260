#include "core/tz/tz.h"

#include <gtest/gtest.h>

#include <random>

namespace ccms::tz {
namespace {

using domain::format_rfc3339;
using domain::Instant;

Instant utc(std::string_view text) { return domain::parse_rfc3339(text).value(); }

/// A wall clock's reading, written as if it were UTC.
LocalTime wall(std::string_view text) { return LocalTime(utc(text).time_since_epoch()); }

TEST(TimeZones, AreKnownByIanaName) {
  EXPECT_TRUE(is_time_zone("Europe/Berlin"));
  EXPECT_TRUE(is_time_zone("America/New_York"));
  EXPECT_TRUE(is_time_zone("UTC"));
  for (const char* name :
       {"", "Europe/Nowhere", "/etc/passwd", "../etc/passwd", "Europe/Berlin ", "europe\nberlin"}) {
    EXPECT_FALSE(is_time_zone(name)) << name;
    EXPECT_EQ(resolve(name, LocalTime()).error().code, "unknown_time_zone");
    EXPECT_EQ(utc_offset_minutes(name, Instant()).error().code, "unknown_time_zone");
    EXPECT_EQ(to_local(name, Instant()).error().code, "unknown_time_zone");
    EXPECT_EQ(format_local(name, Instant()).error().code, "unknown_time_zone");
  }
}

TEST(LocalTimes, AreResolvedInWinterAndSummer) {
  const auto winter = resolve("Europe/Berlin", wall("2026-11-21T23:39:19.123Z"));
  EXPECT_EQ(*winter, (Resolution{LocalTimeKind::unique, utc("2026-11-21T22:39:19.123Z"),
                                 utc("2026-11-21T22:39:19.123Z")}));
  const auto summer = resolve("Europe/Berlin", wall("2026-07-01T12:00:00.000Z"));
  EXPECT_EQ(format_rfc3339(summer->earlier), "2026-07-01T10:00:00.000Z");
  const auto india = resolve("Asia/Kolkata", wall("2026-07-01T12:00:00.000Z"));
  EXPECT_EQ(format_rfc3339(india->earlier), "2026-07-01T06:30:00.000Z");
}

TEST(LocalTimes, ThatHappenedTwiceHaveTwoInstants) {
  const auto twice = resolve("Europe/Berlin", wall("2026-10-25T02:30:00.000Z"));
  ASSERT_TRUE(twice);
  EXPECT_EQ(*twice, (Resolution{LocalTimeKind::ambiguous, utc("2026-10-25T00:30:00.000Z"),
                                utc("2026-10-25T01:30:00.000Z")}));
}

TEST(LocalTimes, ThatWereSkippedGiveTheMomentOfTheJump) {
  const auto skipped = resolve("America/New_York", wall("2017-03-12T02:30:00.000Z"));
  ASSERT_TRUE(skipped);
  EXPECT_EQ(*skipped, (Resolution{LocalTimeKind::nonexistent, utc("2017-03-12T07:00:00.000Z"),
                                  utc("2017-03-12T07:00:00.000Z")}));
}

TEST(LocalTimes, TheEarliestMeaningComesWithItsOffset) {
  EXPECT_EQ(*earliest("Europe/Berlin", wall("2026-10-25T02:30:00.000Z")),
            (domain::ZonedInstant{utc("2026-10-25T00:30:00.000Z"), 120}));
  EXPECT_EQ(*earliest("America/New_York", wall("2017-03-12T02:30:00.000Z")),
            (domain::ZonedInstant{utc("2017-03-12T07:00:00.000Z"), -240}));
  EXPECT_FALSE(earliest("Nowhere", LocalTime()));
}

TEST(Offsets, FollowTheInstant) {
  EXPECT_EQ(*utc_offset_minutes("Europe/Berlin", utc("2026-11-21T22:39:19.123Z")), 60);
  EXPECT_EQ(*utc_offset_minutes("Europe/Berlin", utc("2026-07-01T00:00:00.000Z")), 120);
  EXPECT_EQ(*utc_offset_minutes("America/New_York", utc("2017-01-01T15:47:31.000Z")), -300);
  EXPECT_EQ(*utc_offset_minutes("Asia/Kathmandu", utc("2026-01-01T00:00:00.000Z")), 345);
}

TEST(Offsets, EveryInstantComesBackFromItsLocalTime) {
  std::mt19937_64 random(5);
  for (const char* zone :
       {"Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "Pacific/Apia"}) {
    for (int i = 0; i < 500; ++i) {
      const Instant instant = domain::from_epoch_ms(static_cast<std::int64_t>(random() % 2'000'000'000'000));
      const auto resolution = resolve(zone, *to_local(zone, instant));
      ASSERT_TRUE(resolution);
      EXPECT_NE(resolution->kind, LocalTimeKind::nonexistent);
      EXPECT_TRUE(resolution->earlier == instant || resolution->later == instant)
          << zone << format_rfc3339(instant);
    }
  }
}

TEST(Formatting, ShowsTheWallClock) {
  EXPECT_EQ(*format_local("Europe/Berlin", utc("2026-11-21T22:39:19.123Z")), "2026-11-21 23:39");
  EXPECT_EQ(*format_local("Europe/Berlin", utc("2026-12-31T23:30:00.000Z")), "2027-01-01 00:30");
}

}  // namespace
}  // namespace ccms::tz
