#include "core/tz/local_clock.h"

#include <algorithm>

#include "core/tz/zone_of_name.h"

namespace ccms::tz {
namespace {

using namespace std::chrono_literals;
using domain::Instant;
using domain::LocalTime;

constexpr Instant kFrom = std::chrono::sys_days(std::chrono::year(1970) / 1 / 1);
constexpr Instant kUntil = std::chrono::sys_days(std::chrono::year(2100) / 1 / 1);

/// No zone was ever further from UTC than this.
constexpr auto kFarthest = 26h;

/// The moment of a reading in a zone without offset: a first guess, at most kFarthest off.
Instant as_utc(LocalTime reading) { return Instant(reading.time_since_epoch()); }

}  // namespace

domain::Result<LocalClock> LocalClock::of(std::string_view zone) {
  const date::time_zone* found = zone_of_name(zone);
  if (found == nullptr) return unknown_zone(zone);
  std::vector<Period> periods;
  for (Instant at = kFrom; at < kUntil;) {
    const date::sys_info info = found->get_info(at);
    // Some periods differ in the zone's abbreviation alone.
    if (periods.empty() || periods.back().offset != info.offset) periods.push_back({at, info.offset});
    // The end of the last period lies beyond what milliseconds can count.
    if (info.end >= kUntil) break;
    at = info.end;
  }
  return LocalClock(std::move(periods));
}

std::size_t LocalClock::index_at(Instant instant) const {
  const auto after = std::upper_bound(periods_.begin() + 1, periods_.end(), instant,
                                      [](Instant at, const Period& period) { return at < period.begin; });
  return static_cast<std::size_t>(after - periods_.begin()) - 1;
}

LocalTime LocalClock::reading_at(Instant instant) const {
  return LocalTime(instant.time_since_epoch() + periods_[index_at(instant)].offset);
}

Instant LocalClock::first_at_or_after(LocalTime reading) const {
  const Instant guess = as_utc(reading);
  std::size_t i = index_at(guess - kFarthest);
  while (i + 1 < periods_.size() && periods_[i + 1].begin + periods_[i].offset <= guess) ++i;
  const Instant moment = guess - periods_[i].offset;
  return i == 0 ? moment : std::max(periods_[i].begin, moment);
}

Instant LocalClock::end_of_before(LocalTime reading) const {
  const Instant guess = as_utc(reading);
  std::size_t i = index_at(guess + kFarthest);
  while (i > 0 && periods_[i].begin + periods_[i].offset >= guess) --i;
  const Instant moment = guess - periods_[i].offset;
  return i + 1 < periods_.size() ? std::min(periods_[i + 1].begin, moment) : moment;
}

}  // namespace ccms::tz
