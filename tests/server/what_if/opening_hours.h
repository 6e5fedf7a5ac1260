#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/domain/time.h"

namespace ccms::test {

/// When the sample chain's regions are open from the middle of September to the end of November 2026, written
/// down by hand: an oracle that shares nothing with the code under test.
class OpeningHours {
 public:
  /// Of the region that a store is in: S001 … S007 Germany, S008 … S010 Britain, the others America.
  explicit OpeningHours(const std::string& store);

  /// The closing of the n-th day with hours after the day that the store's calendar shows at `at`.
  domain::Instant closing(domain::Instant at, int days) const;
  /// Open time between two moments.
  std::chrono::milliseconds between(domain::Instant from, domain::Instant to) const;
  /// When that much open time has gone by since `from`.
  domain::Instant after(domain::Instant from, std::chrono::milliseconds open_time) const;

 private:
  struct Shift {
    domain::Instant from, to;
    std::int64_t day;  ///< of the store's calendar, since 1970
  };

  std::chrono::hours offset_at(domain::Instant at) const;
  std::int64_t day_of(domain::Instant at) const;

  std::string region_;
  std::vector<Shift> shifts_;
};

}  // namespace ccms::test
