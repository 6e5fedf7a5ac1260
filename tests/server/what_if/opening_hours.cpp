#include "tests/server/what_if/opening_hours.h"

#include <algorithm>
#include <stdexcept>

namespace ccms::test {

using domain::Instant;
using std::chrono::days;
using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::sys_days;

namespace {

constexpr sys_days kFirst{std::chrono::year(2026) / 9 / 14};
constexpr sys_days kLast{std::chrono::year(2026) / 11 / 30};

sys_days day(unsigned month, unsigned day_of_month) {
  return sys_days(std::chrono::year(2026) / std::chrono::month(month) / std::chrono::day(day_of_month));
}

using Hours = std::vector<std::pair<minutes, minutes>>;

Hours hours_of(const std::string& region, sys_days date) {
  const std::chrono::weekday weekday(date);
  if (weekday == std::chrono::Sunday) return {};
  const bool saturday = weekday == std::chrono::Saturday;
  if (region == "germany") {
    if (date == day(10, 3)) return {};  // German Unity Day
    if (saturday) return {{hours(9), hours(13)}};
    return {{hours(8), hours(12) + minutes(30)}, {hours(13), hours(18)}};
  }
  if (region == "britain") {
    if (saturday) return {{hours(9), hours(13)}};
    return {{hours(8) + minutes(30), hours(17) + minutes(30)}};
  }
  if (date == day(11, 26)) return {};  // Thanksgiving
  return {{hours(9), hours(17)}};
}

}  // namespace

OpeningHours::OpeningHours(const std::string& store)
    : region_(store <= "S007"   ? "germany"
              : store <= "S010" ? "britain"
                                : "us_east") {
  for (sys_days date = kFirst; date <= kLast; date += days(1)) {
    for (const auto& [from, to] : hours_of(region_, date)) {
      // Shifts begin and end by day, and clocks change at night.
      const auto offset = offset_at(date + hours(16));
      shifts_.push_back({date + from - offset, date + to - offset, date.time_since_epoch().count()});
    }
  }
}

Instant OpeningHours::closing(Instant at, int wanted) const {
  auto last_day = day_of(at);
  int passed = 0;
  for (std::size_t i = 0; i < shifts_.size(); ++i) {
    if (shifts_[i].day > last_day) {
      last_day = shifts_[i].day;
      ++passed;
    }
    const bool closes = i + 1 == shifts_.size() || shifts_[i + 1].day != shifts_[i].day;
    if (passed == wanted && closes) return shifts_[i].to;
  }
  throw std::out_of_range("beyond the written hours");
}

milliseconds OpeningHours::between(Instant from, Instant to) const {
  milliseconds total{0};
  for (const auto& shift : shifts_)
    total += std::max(milliseconds(0), std::min(to, shift.to) - std::max(from, shift.from));
  return total;
}

Instant OpeningHours::after(Instant from, milliseconds open_time) const {
  for (const auto& shift : shifts_) {
    const auto begins = std::max(from, shift.from);
    if (begins >= shift.to) continue;
    if (begins + open_time <= shift.to) return begins + open_time;
    open_time -= shift.to - begins;
  }
  throw std::out_of_range("beyond the written hours");
}

hours OpeningHours::offset_at(Instant at) const {
  const bool europe_in_winter = at >= day(10, 25) + hours(1);
  if (region_ == "germany") return hours(europe_in_winter ? 1 : 2);
  if (region_ == "britain") return hours(europe_in_winter ? 0 : 1);
  return hours(at >= day(11, 1) + hours(6) ? -5 : -4);
}

std::int64_t OpeningHours::day_of(Instant at) const {
  return std::chrono::floor<days>(at + offset_at(at)).time_since_epoch().count();
}

}  // namespace ccms::test
