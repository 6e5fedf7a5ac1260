// The arithmetic against an oracle that counts minute by minute and asks the C library for the time.

#include <gtest/gtest.h>

#include <list>
#include <map>

#include "core/workflow/working_time.h"
#include "tests/core/workflow/oracle/working_time_oracle.h"
#include "tests/core/workflow/random_calendar.h"

namespace ccms::workflow {
namespace {

using namespace std::chrono_literals;
using domain::format_rfc3339;
using domain::Instant;
using testing::describe;
using testing::Place;
using testing::random_int;
using testing::WallMinutes;
using testing::WorkingTimeOracle;

TEST(WorkingTimeOracle, AgreesOnThousandsOfRandomCases) {
  std::mt19937_64 random(20261122);
  std::map<std::string, WallMinutes> walls;
  for (const Place& place : testing::places()) walls.emplace(place.zone, place);
  int over_a_change = 0;
  for (int number = 0; number < testing::kOracleCases; ++number) {
    const Place& place = testing::places()[static_cast<std::size_t>(number) % testing::places().size()];
    const settings::Calendar calendar = testing::random_calendar(random, place);
    const WallMinutes& wall = walls.at(place.zone);
    const WorkingTimeOracle oracle(calendar, wall);
    const WorkingTime time = WorkingTime::of(calendar).value();

    const Instant from = testing::random_minute(random, place);
    const Instant to = from + std::chrono::minutes(random_int(random, 0, 12 * 24 * 60));
    SCOPED_TRACE(std::to_string(number) + ": " + describe(calendar) + " from " + format_rfc3339(from) +
                 " to " + format_rfc3339(to));
    const auto minute_of = [](Instant at) { return domain::to_epoch_ms(at) / 60'000; };
    if (wall.shown(minute_of(to)) - wall.shown(minute_of(from)) != (to - from) / 1min) ++over_a_change;

    const std::chrono::minutes working = oracle.between(from, to);
    ASSERT_EQ(time.between(from, to), working);
    ASSERT_EQ(time.is_open(from), oracle.is_open(from));

    // A target within the span, and one that the span does not hold.
    const auto some = std::chrono::minutes(random_int(random, 1, 1 + static_cast<int>(working.count())));
    const auto due = oracle.add(from, some, to);
    if (due) {
      ASSERT_EQ(time.add(from, some), due);
    } else {
      const auto later = time.add(from, some);
      ASSERT_TRUE(!later || *later > to);
    }
    const auto since = oracle.subtract(to, some, from);
    if (since) {
      ASSERT_EQ(time.subtract(to, some), since);
    } else {
      const auto earlier = time.subtract(to, some);
      ASSERT_TRUE(!earlier || *earlier < from);
    }
    if (number % 10 == 0) {  // slow
      const int days = random_int(random, 1, 4);
      const auto end = oracle.end_of_working_day(from, days, from + 20 * 24h);
      const auto computed = time.end_of_working_day(from, days);
      if (end) {
        ASSERT_EQ(computed, end);
      }
    }
  }
  // Or the cases would prove nothing.
  EXPECT_GT(over_a_change, testing::kOracleCases / 50);
}

}  // namespace
}  // namespace ccms::workflow
