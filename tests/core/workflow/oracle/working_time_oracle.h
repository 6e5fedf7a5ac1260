#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <vector>

#include "core/domain/time.h"
#include "core/settings/calendar.h"
#include "tests/core/workflow/random_calendar.h"

namespace ccms::workflow::testing {

/// What a zone's wall clock shows in each minute of a place's time and some weeks around it, as the C library
/// says: nothing here is shared with the code under test.
class WallMinutes {
 public:
  explicit WallMinutes(const Place& place);

  bool holds(std::int64_t minute) const;
  /// The first day that the clock shows, since 1970, and how many there may be.
  std::int64_t first_day() const;
  std::size_t days() const;
  /// Minutes since 1970 on the wall clock at a minute since 1970 UTC.
  std::int64_t shown(std::int64_t minute) const { return shown_[index(minute)]; }
  /// The latest that the clock has shown until then, and the earliest that it still shows from then on.
  std::int64_t latest_until(std::int64_t minute) const { return latest_[index(minute)]; }
  std::int64_t earliest_from(std::int64_t minute) const { return earliest_[index(minute)]; }

 private:
  std::size_t index(std::int64_t minute) const { return static_cast<std::size_t>(minute - first_); }

  std::int64_t first_;
  std::vector<std::int64_t> shown_, latest_, earliest_;
};

/// A calendar's working time, counted minute by minute. Instants are whole minutes within the place's time
/// and a month after it.
class WorkingTimeOracle {
 public:
  WorkingTimeOracle(const settings::Calendar& calendar, const WallMinutes& wall)
      : calendar_(calendar), wall_(wall), hours_of_day_(wall.days()) {}

  bool is_open(domain::Instant minute) const;
  std::chrono::minutes between(domain::Instant from, domain::Instant to) const;
  /// Nothing when `limit` comes first.
  std::optional<domain::Instant> add(domain::Instant from, std::chrono::minutes duration,
                                     domain::Instant limit) const;
  std::optional<domain::Instant> subtract(domain::Instant until, std::chrono::minutes duration,
                                          domain::Instant limit) const;
  std::optional<domain::Instant> end_of_working_day(domain::Instant from, int days,
                                                    domain::Instant limit) const;

 private:
  bool open_in(std::int64_t minute) const;
  /// Whether a shift of that day on the wall clock (days since 1970) is open in the minute.
  bool open_on(std::int64_t day, std::int64_t minute) const;

  const std::vector<settings::OpeningHours>& hours_on(std::int64_t day) const;

  const settings::Calendar& calendar_;
  const WallMinutes& wall_;
  /// By day from the wall's first; null: not looked up yet.
  mutable std::vector<const std::vector<settings::OpeningHours>*> hours_of_day_;
};

}  // namespace ccms::workflow::testing
