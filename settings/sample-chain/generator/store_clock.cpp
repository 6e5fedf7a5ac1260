#include "settings/sample-chain/generator/store_clock.h"

#include <algorithm>
#include <array>
#include <cstdio>

#include "core/tz/tz.h"

namespace ccms::sample_chain {
namespace {

using std::chrono::local_days;

std::string iso_date(local_days day) {
  const std::chrono::year_month_day date(day);
  std::array<char, 16> text{};
  std::snprintf(text.data(), text.size(), "%04d-%02u-%02u", static_cast<int>(date.year()),
                static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
  return text.data();
}

/// Bit of the day as settings::OpeningHours counts: Monday is 0.
unsigned day_bit(local_days day) { return 1U << (std::chrono::weekday(day).iso_encoding() - 1); }

/// Stores of the sample open at 8 or later and close at 20 or later in every region.
constexpr int kOpens = 9 * 60;
constexpr int kCloses = 19 * 60 + 45;

}  // namespace

bool StoreClock::is_holiday(const settings::Region& region, local_days day) const {
  return std::find(region.holidays.begin(), region.holidays.end(), iso_date(day)) != region.holidays.end();
}

domain::Instant StoreClock::to_utc(const settings::Region& region, local_days day, int minute, int ms) const {
  const tz::LocalTime local = day + std::chrono::minutes(minute) + std::chrono::milliseconds(ms);
  return tz::resolve(region.time_zone, local).value().earlier;
}

std::optional<domain::Instant> StoreClock::open_moment(const std::string& store, local_days day,
                                                       Random& random) const {
  const settings::Region& region = *settings_.find_region_of_store(store);
  const bool sunday = std::chrono::weekday(day) == std::chrono::Sunday;
  const int minute = sunday ? random.between(11 * 60, 16 * 60 + 45) : random.between(kOpens, kCloses);
  const int ms = random.between(0, 59'999);
  if (is_holiday(region, day) || (sunday && region.id == "germany")) return std::nullopt;
  return to_utc(region, day, minute, ms);
}

domain::Instant StoreClock::working_moment(const std::string& store, domain::Instant earliest) const {
  const settings::Region& region = *settings_.find_region_of_store(store);
  const auto local = tz::to_local(region.time_zone, earliest).value();
  constexpr int kLongestBreak = 30;  // days; a region that never works would not end otherwise
  for (int ahead = 0; ahead < kLongestBreak; ++ahead) {
    const local_days day = std::chrono::floor<std::chrono::days>(local) + std::chrono::days(ahead);
    if (is_holiday(region, day)) continue;
    for (const settings::OpeningHours& hours : region.hours) {
      if ((hours.days & day_bit(day)) == 0) continue;
      if (earliest >= to_utc(region, day, hours.to_minute, 0)) continue;
      return std::max(earliest, to_utc(region, day, hours.from_minute, 0));
    }
  }
  return earliest;
}

int StoreClock::utc_offset_minutes(const std::string& store, domain::Instant instant) const {
  return tz::utc_offset_minutes(settings_.find_region_of_store(store)->time_zone, instant).value();
}

}  // namespace ccms::sample_chain
