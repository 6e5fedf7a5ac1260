#pragma once

#include <iosfwd>
#include <random>
#include <span>
#include <string>

#include "core/domain/time.h"
#include "core/settings/calendar.h"

/// Calendars of every kind, made from a seed, in zones whose clocks do something worth testing.
namespace ccms::workflow::testing {

/// How many random cases an oracle lives through. The sanitizers look at memory, not at results, and take ten
/// times as long for each.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
inline constexpr int kOracleCases = 1'000;
#else
inline constexpr int kOracleCases = 10'000;
#endif

/// A zone and a stretch of time in which its clocks change.
struct Place {
  const char* zone;
  domain::Instant from;
  domain::Instant until;
};

std::span<const Place> places();

/// Round the clock, office hours, split shifts, nights, anything; with seasons and holidays within the
/// place's time, or none.
settings::Calendar random_calendar(std::mt19937_64& random, const Place& place);

/// A whole minute of the place's time, often near a change of its clocks or midnight.
domain::Instant random_minute(std::mt19937_64& random, const Place& place);

/// From `low` to `high`, both included.
int random_int(std::mt19937_64& random, int low, int high);

/// For messages of failed tests.
std::string describe(const settings::Calendar& calendar);

}  // namespace ccms::workflow::testing
