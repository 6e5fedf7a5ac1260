#pragma once

#include <chrono>
#include <optional>
#include <string>

#include "core/domain/time.h"
#include "core/settings/settings.h"
#include "settings/sample-chain/generator/random.h"

namespace ccms::sample_chain {

/// When a store is open, from its region: shut on holidays, and on Sundays where nobody works then.
class StoreClock {
 public:
  /// `settings` must outlive the clock.
  explicit StoreClock(const settings::Settings& settings) : settings_(settings) {}

  /// A moment of the local day at which the store is open, or nothing when it is shut all day.
  std::optional<domain::Instant> open_moment(const std::string& store, std::chrono::local_days day,
                                             Random& random) const;

  /// The first moment from `earliest` on at which the region's departments work.
  domain::Instant working_moment(const std::string& store, domain::Instant earliest) const;

  int utc_offset_minutes(const std::string& store, domain::Instant instant) const;

 private:
  bool is_holiday(const settings::Region& region, std::chrono::local_days day) const;
  domain::Instant to_utc(const settings::Region& region, std::chrono::local_days day, int minute,
                         int ms) const;

  const settings::Settings& settings_;
};

}  // namespace ccms::sample_chain
