#include "core/workflow/working_time.h"

#include <ostream>

#include "tests/core/workflow/random_calendar.h"
#include "tests/support/properties/properties.h"

namespace ccms::workflow {
namespace {

using namespace std::chrono_literals;
using domain::Instant;
using std::chrono::milliseconds;

/// A calendar somewhere, and moments in its time.
struct Case {
  settings::Calendar calendar;
  WorkingTime time;
  Instant a, b, c;  ///< ascending
};

std::ostream& operator<<(std::ostream& out, const Case& shown) {
  return out << testing::describe(shown.calendar) << " | " << domain::format_rfc3339(shown.a) << " "
             << domain::format_rfc3339(shown.b) << " " << domain::format_rfc3339(shown.c);
}

Case make_case(std::uint32_t seed) {
  std::mt19937_64 random(seed);
  const auto places = testing::places();
  const testing::Place& place = places[random() % places.size()];
  settings::Calendar calendar = testing::random_calendar(random, place);
  WorkingTime time = WorkingTime::of(calendar).value();
  const auto some_time = [&] { return milliseconds(random() % (20 * 24 * 3'600'000ULL)); };
  const Instant a = testing::random_minute(random, place) + milliseconds(random() % 60'000);
  const Instant b = a + some_time();
  return {std::move(calendar), std::move(time), a, b, b + some_time()};
}

rc::Gen<Case> any_case() { return rc::gen::map(rc::gen::arbitrary<std::uint32_t>(), make_case); }

RC_GTEST_PROP(WorkingTime, IsMonotonicAndNeverLongerThanTheClock, ()) {
  const Case given = *any_case();
  const milliseconds shorter = given.time.between(given.a, given.b);
  const milliseconds longer = given.time.between(given.a, given.c);
  RC_ASSERT(0ms <= shorter);
  RC_ASSERT(shorter <= longer);
  RC_ASSERT(longer <= given.c - given.a);
}

RC_GTEST_PROP(WorkingTime, IsTheSameWhereverAnIntervalIsSplit, ()) {
  const Case given = *any_case();
  RC_ASSERT(given.time.between(given.a, given.b) + given.time.between(given.b, given.c) ==
            given.time.between(given.a, given.c));
}

RC_GTEST_PROP(WorkingTime, AddIsTheInverseOfBetween, ()) {
  const Case given = *any_case();
  const milliseconds working = given.time.between(given.a, given.b);
  const auto reached = given.time.add(given.a, working);
  RC_ASSERT(reached.has_value());
  // The first of the moments that are that far away; b may be a later one in the same closed time.
  RC_ASSERT(*reached <= given.b);
  RC_ASSERT(given.time.between(given.a, *reached) == working);
  if (working > 0ms) RC_ASSERT(given.time.between(given.a, *reached - 1ms) == working - 1ms);
}

RC_GTEST_PROP(WorkingTime, SubtractIsTheInverseOfBetween, ()) {
  const Case given = *any_case();
  const milliseconds working = given.time.between(given.a, given.b);
  const auto reached = given.time.subtract(given.b, working);
  RC_ASSERT(reached.has_value());
  RC_ASSERT(*reached >= given.a);
  RC_ASSERT(given.time.between(*reached, given.b) == working);
  if (working > 0ms) RC_ASSERT(given.time.between(*reached + 1ms, given.b) == working - 1ms);
}

RC_GTEST_PROP(WorkingTime, AddingTwiceIsAddingOnce, ()) {
  const Case given = *any_case();
  const auto first = milliseconds(*rc::gen::inRange<std::int64_t>(0, 40 * 3'600'000));
  const auto second = milliseconds(*rc::gen::inRange<std::int64_t>(0, 40 * 3'600'000));
  const auto at_once = given.time.add(given.a, first + second);
  const auto half = given.time.add(given.a, first);
  RC_ASSERT(at_once.has_value() == (half.has_value() && given.time.add(*half, second).has_value()));
  if (at_once) RC_ASSERT(*given.time.add(*half, second) == *at_once);
}

RC_GTEST_PROP(WorkingTime, OpensNextWhereItCountsAgain, ()) {
  const Case given = *any_case();
  const auto open = given.time.next_open(given.a);
  if (!open) {
    RC_ASSERT(given.time.between(given.a, given.a + 300 * 24h) == 0ms);
    return;
  }
  RC_ASSERT(*open >= given.a);
  RC_ASSERT(given.time.is_open(*open));
  RC_ASSERT(given.time.between(given.a, *open) == 0ms);
}

RC_GTEST_PROP(WorkingTime, WorkingDaysFollowEachOther, ()) {
  const Case given = *any_case();
  const auto one = given.time.end_of_working_day(given.a, 1);
  const auto two = given.time.end_of_working_day(given.a, 2);
  if (!two) return;
  RC_ASSERT(one.has_value());
  RC_ASSERT(given.a < *one);
  RC_ASSERT(*one < *two);
  RC_ASSERT(!given.time.is_open(*two) || given.time.is_open(*two - 1ms));
}

}  // namespace
}  // namespace ccms::workflow
