#pragma once

#include <chrono>
#include <string_view>
#include <vector>

#include "core/domain/result.h"
#include "core/domain/time.h"

namespace ccms::tz {

/// The wall clock of one time zone as a value: every change of its offset from 1970 to 2100, looked up once.
/// Arithmetic over many days asks this instead of tzdata, and gives the same answers for as long as it lives,
/// whatever becomes of the system's tzdata. Any thread.
///
/// Beyond those years the first and the last offset go on for ever. (The system's tzdata itself knows changes
/// until 2037.)
class LocalClock {
 public:
  /// Errors: unknown_time_zone.
  static domain::Result<LocalClock> of(std::string_view zone);

  /// What the clock shows at that moment.
  domain::LocalTime reading_at(domain::Instant instant) const;

  /// The first moment at which the clock shows `reading` or later: the first of two for a reading that comes
  /// twice, the jump for one that is skipped.
  domain::Instant first_at_or_after(domain::LocalTime reading) const;

  /// The end of the last moment at which the clock shows less than `reading`: from then on it never does
  /// again. Differs from first_at_or_after for readings that come twice alone.
  domain::Instant end_of_before(domain::LocalTime reading) const;

  bool operator==(const LocalClock&) const = default;

 private:
  struct Period {
    domain::Instant begin;
    std::chrono::seconds offset;  ///< local time is ahead of UTC by this

    bool operator==(const Period&) const = default;
  };

  explicit LocalClock(std::vector<Period> periods) : periods_(std::move(periods)) {}
  std::size_t index_at(domain::Instant instant) const;

  std::vector<Period> periods_;  ///< at least one; the first has no beginning that matters
};

}  // namespace ccms::tz
