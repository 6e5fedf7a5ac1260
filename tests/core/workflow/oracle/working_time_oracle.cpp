#include "tests/core/workflow/oracle/working_time_oracle.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <stdexcept>

namespace ccms::workflow::testing {
namespace {

using domain::Instant;

constexpr std::int64_t kMinutesOfDay = 24 * 60;
constexpr std::int64_t kMarginBefore = 10 * kMinutesOfDay;
constexpr std::int64_t kMarginAfter = 70 * kMinutesOfDay;

std::int64_t minute_of(Instant instant) { return domain::to_epoch_ms(instant) / 60'000; }
Instant instant_of(std::int64_t minute) { return domain::from_epoch_ms(minute * 60'000); }

std::int64_t floor_div(std::int64_t a, std::int64_t b) { return a >= 0 ? a / b : -((b - 1 - a) / b); }

struct Date {
  int year;
  int month;
  int day;
};

Date date_of(std::int64_t day) {
  const std::time_t seconds = day * kMinutesOfDay * 60;
  std::tm parts{};
  ::gmtime_r(&seconds, &parts);
  return {parts.tm_year + 1900, parts.tm_mon + 1, parts.tm_mday};
}

std::string text(const Date& date, bool with_year) {
  char out[32];
  if (with_year)
    std::snprintf(out, sizeof out, "%04d-%02d-%02d", date.year, date.month, date.day);
  else
    std::snprintf(out, sizeof out, "%02d-%02d", date.month, date.day);
  return out;
}

/// Texts of dates compare as the dates do.
bool holds(const settings::Season& season, const Date& date) {
  const std::string day = text(date, season.from.size() == 10);
  if (season.from.size() != 10 && season.until < season.from)
    return day >= season.from || day <= season.until;
  return season.from <= day && day <= season.until;
}

const std::vector<settings::OpeningHours>& look_up(const settings::Calendar& calendar, std::int64_t day) {
  static const std::vector<settings::OpeningHours> kClosed;
  const Date date = date_of(day);
  if (std::find(calendar.holidays.begin(), calendar.holidays.end(), text(date, true)) !=
      calendar.holidays.end())
    return kClosed;
  const std::vector<settings::OpeningHours>* hours = &calendar.hours;
  for (const settings::Season& season : calendar.seasons) {
    if (holds(season, date)) hours = &season.hours;
  }
  return *hours;
}

/// 0 is Monday; 1970-01-01 was a Thursday.
unsigned weekday_of(std::int64_t day) { return static_cast<unsigned>((day % 7 + 7 + 3) % 7); }

}  // namespace

WallMinutes::WallMinutes(const Place& place) : first_(minute_of(place.from) - kMarginBefore) {
  if (::setenv("TZ", place.zone, 1) != 0) throw std::runtime_error("TZ");
  ::tzset();
  const std::int64_t last = minute_of(place.until) + kMarginAfter;
  for (std::int64_t minute = first_; minute <= last; ++minute) {
    const std::time_t seconds = minute * 60;
    std::tm parts{};
    ::localtime_r(&seconds, &parts);
    shown_.push_back(minute + parts.tm_gmtoff / 60);
  }
  latest_ = earliest_ = shown_;
  for (std::size_t i = 1; i < latest_.size(); ++i) latest_[i] = std::max(latest_[i], latest_[i - 1]);
  for (std::size_t i = earliest_.size() - 1; i > 0; --i)
    earliest_[i - 1] = std::min(earliest_[i - 1], earliest_[i]);
}

bool WallMinutes::holds(std::int64_t minute) const {
  return minute >= first_ && index(minute) < shown_.size();
}

std::int64_t WallMinutes::first_day() const { return floor_div(earliest_.front(), kMinutesOfDay); }

std::size_t WallMinutes::days() const {
  return static_cast<std::size_t>(floor_div(latest_.back(), kMinutesOfDay) - first_day() + 1);
}

const std::vector<settings::OpeningHours>& WorkingTimeOracle::hours_on(std::int64_t day) const {
  auto& known = hours_of_day_.at(static_cast<std::size_t>(day - wall_.first_day()));
  if (known == nullptr) known = &look_up(calendar_, day);
  return *known;
}

bool WorkingTimeOracle::open_on(std::int64_t day, std::int64_t minute) const {
  const std::int64_t midnight = day * kMinutesOfDay;
  const unsigned weekday = weekday_of(day);
  for (const settings::OpeningHours& hours : hours_on(day)) {
    // Open since the clock first showed `from`, until it will never again show less than `to`.
    if ((hours.days >> weekday & 1U) != 0 && wall_.latest_until(minute) >= midnight + hours.from_minute &&
        wall_.earliest_from(minute) < midnight + hours.to_minute)
      return true;
  }
  return false;
}

bool WorkingTimeOracle::open_in(std::int64_t minute) const {
  const std::int64_t first = floor_div(wall_.earliest_from(minute), kMinutesOfDay);
  const std::int64_t last = floor_div(wall_.latest_until(minute), kMinutesOfDay);
  for (std::int64_t day = first; day <= last; ++day) {
    if (open_on(day, minute)) return true;
  }
  return false;
}

bool WorkingTimeOracle::is_open(Instant minute) const { return open_in(minute_of(minute)); }

std::chrono::minutes WorkingTimeOracle::between(Instant from, Instant to) const {
  std::int64_t open = 0;
  for (std::int64_t minute = minute_of(from); minute < minute_of(to); ++minute)
    open += open_in(minute) ? 1 : 0;
  return std::chrono::minutes(open);
}

std::optional<Instant> WorkingTimeOracle::add(Instant from, std::chrono::minutes duration,
                                              Instant limit) const {
  std::int64_t left = duration.count();
  std::int64_t minute = minute_of(from);
  for (; left > 0; ++minute) {
    if (minute >= minute_of(limit)) return std::nullopt;
    if (open_in(minute)) --left;
  }
  return instant_of(minute);
}

std::optional<Instant> WorkingTimeOracle::subtract(Instant until, std::chrono::minutes duration,
                                                   Instant limit) const {
  std::int64_t left = duration.count();
  std::int64_t minute = minute_of(until);
  for (; left > 0; --minute) {
    if (minute <= minute_of(limit)) return std::nullopt;
    if (open_in(minute - 1)) --left;
  }
  return instant_of(minute);
}

std::optional<Instant> WorkingTimeOracle::end_of_working_day(Instant from, int days, Instant limit) const {
  const std::int64_t today = floor_div(wall_.shown(minute_of(from)), kMinutesOfDay);
  for (std::int64_t day = today + 1;; ++day) {
    // The last open minute of that day's shifts, looked for over three days.
    std::optional<std::int64_t> last;
    const std::int64_t around = minute_of(from) + (day - today) * kMinutesOfDay;
    for (std::int64_t minute = around - 2 * kMinutesOfDay; minute < around + 2 * kMinutesOfDay; ++minute) {
      if (instant_of(minute) >= limit) return std::nullopt;
      if (wall_.holds(minute) && open_on(day, minute)) last = minute;
    }
    if (last && --days == 0) return instant_of(*last + 1);
  }
}

}  // namespace ccms::workflow::testing
