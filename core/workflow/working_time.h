#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <optional>
#include <vector>

#include "core/domain/result.h"
#include "core/domain/time.h"
#include "core/settings/calendar.h"
#include "core/tz/local_clock.h"

namespace ccms::workflow {

/// Arithmetic with the working time of one calendar. A value made once from the calendar and never changed:
/// any thread.
///
/// A shift is an interval of the wall clock: it opens at the first moment the clock shows `from` or later and
/// closes after the last moment it shows less than `until`. So a shift over the end of summer time is an
/// hour longer, one over its beginning an hour shorter, and one that lies wholly in skipped time does not
/// take place. Shifts that overlap count once.
///
/// Durations have the precision of Instant; negative ones count as zero. A calendar that is not open within
/// the next ten years counts as one that never is again; so does what would lie after the year 9999.
class WorkingTime {
 public:
  /// Errors: unknown_time_zone; malformed_calendar for dates and hours that the settings' loader would have
  /// refused.
  static domain::Result<WorkingTime> of(const settings::Calendar& calendar);

  /// Working time from `from` until `to`; zero when `to` is not later.
  std::chrono::milliseconds between(domain::Instant from, domain::Instant to) const;

  /// The first moment by which that much working time has passed since `from`: `from` itself for none, the
  /// end of a shift rather than the beginning of the next. Nothing when the calendar never gives that much.
  std::optional<domain::Instant> add(domain::Instant from, std::chrono::milliseconds duration) const;

  /// The last moment from which that much working time is left until `until`. Nothing when there was never
  /// that much.
  std::optional<domain::Instant> subtract(domain::Instant until, std::chrono::milliseconds duration) const;

  bool is_open(domain::Instant instant) const;

  /// `instant` itself when it is open, else the beginning of the next shift, if there is one.
  std::optional<domain::Instant> next_open(domain::Instant instant) const;

  /// The closing of the `days`-th working day (1 or more) after the local day of `instant`. A working day is
  /// one with any working time.
  std::optional<domain::Instant> end_of_working_day(domain::Instant instant, std::int64_t days) const;

  /// The opening of the `days`-th working day (1 or more) before the local day of `instant`.
  std::optional<domain::Instant> start_of_working_day_before(domain::Instant instant,
                                                             std::int64_t days) const;

  /// The wall clock of the calendar's zone.
  const tz::LocalClock& clock() const noexcept { return clock_; }

  bool operator==(const WorkingTime&) const = default;

 private:
  using Day = std::chrono::local_days;

  /// Of a day's wall clock, from midnight.
  struct Hours {
    std::chrono::minutes from;
    std::chrono::minutes until;

    bool operator==(const Hours&) const = default;
  };
  /// By weekday from Monday; apart from each other and ascending.
  using Week = std::array<std::vector<Hours>, 7>;

  struct SeasonWeek {
    settings::SeasonDay from;
    settings::SeasonDay until;
    Week week;

    bool holds(std::chrono::year_month_day date) const;
    bool operator==(const SeasonWeek&) const = default;
  };

  struct Shift {
    domain::Instant begin;
    domain::Instant end;
  };

  explicit WorkingTime(tz::LocalClock clock) : clock_(std::move(clock)) {}
  static std::optional<Week> week_of(const std::vector<settings::OpeningHours>& hours);

  Day date_of(domain::Instant instant) const;
  const std::vector<Hours>& hours_on(Day day) const;
  Shift shift(Day day, const Hours& hours) const;
  std::optional<Shift> working_day(Day day) const;
  std::optional<Shift> nth_working_day(Day day, std::int64_t days, std::chrono::days step) const;

  tz::LocalClock clock_;
  Week week_;
  std::vector<SeasonWeek> seasons_;  ///< the first that holds a date wins
  std::vector<Day> holidays_;        ///< ascending
};

}  // namespace ccms::workflow
