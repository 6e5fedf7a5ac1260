#include "core/workflow/working_time.h"

#include <algorithm>

#include "core/settings/calendar_date.h"

namespace ccms::workflow {
namespace {

using namespace std::chrono_literals;
using domain::Instant;
using std::chrono::days;
using std::chrono::milliseconds;
using std::chrono::minutes;

/// So long without a shift, and a calendar counts as closed for good. A season of the 29th of February comes
/// every eight years at the longest.
constexpr days kPatience = days(3653);

/// Clocks that go back over midnight let a shift reach into the neighbouring date, no further.
constexpr days kNeighbour = days(1);

constexpr std::chrono::local_days kFirstDay{std::chrono::year(1) / 1 / 1};
constexpr std::chrono::local_days kLastDay{std::chrono::year(9999) / 12 / 31};

domain::Error malformed(const std::string& what) {
  return {"malformed_calendar", "The calendar's " + what + " is malformed.", ""};
}

std::optional<std::chrono::local_days> parse_date(const std::string& text) {
  const auto day = settings::parse_season_day(text);
  if (!day || !day->year) return std::nullopt;
  return std::chrono::local_days(*day->year / day->day.month() / day->day.day());
}

}  // namespace

bool WorkingTime::SeasonWeek::holds(std::chrono::year_month_day date) const {
  if (from.year && until.year) {
    return *from.year / from.day.month() / from.day.day() <= date &&
           date <= *until.year / until.day.month() / until.day.day();
  }
  const std::chrono::month_day day(date.month(), date.day());
  if (from.day <= until.day) return from.day <= day && day <= until.day;
  return from.day <= day || day <= until.day;
}

std::optional<WorkingTime::Week> WorkingTime::week_of(const std::vector<settings::OpeningHours>& hours) {
  constexpr int minutes_of_a_day = 1440;
  Week week;
  for (const settings::OpeningHours& opening : hours) {
    if (opening.from_minute < 0 || opening.from_minute >= opening.to_minute ||
        opening.to_minute > minutes_of_a_day)
      return std::nullopt;
    for (std::size_t weekday = 0; weekday < week.size(); ++weekday) {
      if ((opening.days >> weekday & 1U) != 0)
        week[weekday].push_back({minutes(opening.from_minute), minutes(opening.to_minute)});
    }
  }
  for (std::vector<Hours>& day : week) {
    std::sort(day.begin(), day.end(), [](const Hours& a, const Hours& b) { return a.from < b.from; });
    std::vector<Hours> apart;
    for (const Hours& one : day) {
      if (!apart.empty() && one.from <= apart.back().until)
        apart.back().until = std::max(apart.back().until, one.until);
      else
        apart.push_back(one);
    }
    day = std::move(apart);
  }
  return week;
}

domain::Result<WorkingTime> WorkingTime::of(const settings::Calendar& calendar) {
  auto clock = tz::LocalClock::of(calendar.time_zone);
  if (!clock) return clock.error();
  WorkingTime made(*std::move(clock));
  auto week = week_of(calendar.hours);
  if (!week) return malformed("hours");
  made.week_ = *std::move(week);
  for (auto season = calendar.seasons.rbegin(); season != calendar.seasons.rend(); ++season) {
    const auto from = settings::parse_season_day(season->from);
    const auto until = settings::parse_season_day(season->until);
    auto hours = week_of(season->hours);
    if (!from || !until || from->year.has_value() != until->year.has_value() || !hours)
      return malformed("season \"" + season->id + "\"");
    made.seasons_.push_back({*from, *until, *std::move(hours)});
  }
  for (const std::string& holiday : calendar.holidays) {
    const auto date = parse_date(holiday);
    if (!date) return malformed("holiday \"" + holiday + "\"");
    made.holidays_.push_back(*date);
  }
  std::sort(made.holidays_.begin(), made.holidays_.end());
  return made;
}

WorkingTime::Day WorkingTime::date_of(Instant instant) const {
  return std::chrono::floor<days>(clock_.reading_at(instant));
}

const std::vector<WorkingTime::Hours>& WorkingTime::hours_on(Day day) const {
  static const std::vector<Hours> closed;
  if (std::binary_search(holidays_.begin(), holidays_.end(), day)) return closed;
  const std::size_t weekday = std::chrono::weekday(day).iso_encoding() - 1;
  if (!seasons_.empty()) {
    const std::chrono::year_month_day date(day);
    for (const SeasonWeek& season : seasons_) {
      if (season.holds(date)) return season.week[weekday];
    }
  }
  return week_[weekday];
}

WorkingTime::Shift WorkingTime::shift(Day day, const Hours& hours) const {
  return {clock_.first_at_or_after(day + hours.from), clock_.end_of_before(day + hours.until)};
}

milliseconds WorkingTime::between(Instant from, Instant to) const {
  milliseconds total{0};
  if (to <= from) return total;
  Instant counted = from;  // what lies before has been counted, or must not be
  const Day last = date_of(to) + kNeighbour;
  for (Day day = date_of(from) - kNeighbour; day <= last; day += days(1)) {
    for (const Hours& hours : hours_on(day)) {
      const Shift open = shift(day, hours);
      const Instant begin = std::max(open.begin, counted);
      const Instant end = std::min(open.end, to);
      if (end <= begin) continue;
      total += end - begin;
      counted = end;
    }
  }
  return total;
}

std::optional<Instant> WorkingTime::add(Instant from, milliseconds duration) const {
  if (duration <= 0ms) return from;
  milliseconds left = duration;
  Instant counted = from;
  Day day = date_of(from) - kNeighbour;
  for (Day give_up = day + kPatience; day <= std::min(give_up, kLastDay); day += days(1)) {
    for (const Hours& hours : hours_on(day)) {
      const Shift open = shift(day, hours);
      const Instant begin = std::max(open.begin, counted);
      if (open.end <= begin) continue;
      const milliseconds length = open.end - begin;
      if (length >= left) return begin + left;
      left -= length;
      counted = open.end;
      give_up = day + kPatience;
    }
  }
  return std::nullopt;
}

std::optional<Instant> WorkingTime::subtract(Instant until, milliseconds duration) const {
  if (duration <= 0ms) return until;
  milliseconds left = duration;
  Instant counted = until;
  Day day = date_of(until) + kNeighbour;
  for (Day give_up = day - kPatience; day >= std::max(give_up, kFirstDay); day -= days(1)) {
    const std::vector<Hours>& all = hours_on(day);
    for (auto hours = all.rbegin(); hours != all.rend(); ++hours) {
      const Shift open = shift(day, *hours);
      const Instant end = std::min(open.end, counted);
      if (end <= open.begin) continue;
      const milliseconds length = end - open.begin;
      if (length >= left) return end - left;
      left -= length;
      counted = open.begin;
      give_up = day - kPatience;
    }
  }
  return std::nullopt;
}

bool WorkingTime::is_open(Instant instant) const { return between(instant, instant + 1ms) > 0ms; }

std::optional<Instant> WorkingTime::next_open(Instant instant) const {
  const auto after_first_open_moment = add(instant, 1ms);
  if (!after_first_open_moment) return std::nullopt;
  return *after_first_open_moment - 1ms;
}

std::optional<WorkingTime::Shift> WorkingTime::working_day(Day day) const {
  std::optional<Shift> whole;
  for (const Hours& hours : hours_on(day)) {
    const Shift open = shift(day, hours);
    if (open.end <= open.begin) continue;
    if (!whole) whole = open;
    whole->end = open.end;
  }
  return whole;
}

std::optional<WorkingTime::Shift> WorkingTime::nth_working_day(Day day, std::int64_t days,
                                                               std::chrono::days step) const {
  for (int closed = 0; closed < kPatience.count();) {
    day += step;
    if (day < kFirstDay || day > kLastDay) break;
    const auto found = working_day(day);
    if (!found) {
      ++closed;
      continue;
    }
    if (--days <= 0) return found;
    closed = 0;
  }
  return std::nullopt;
}

std::optional<Instant> WorkingTime::end_of_working_day(Instant instant, std::int64_t days) const {
  const auto day = nth_working_day(date_of(instant), days, std::chrono::days(1));
  if (!day) return std::nullopt;
  return day->end;
}

std::optional<Instant> WorkingTime::start_of_working_day_before(Instant instant, std::int64_t days) const {
  const auto day = nth_working_day(date_of(instant), days, std::chrono::days(-1));
  if (!day) return std::nullopt;
  return day->begin;
}

}  // namespace ccms::workflow
