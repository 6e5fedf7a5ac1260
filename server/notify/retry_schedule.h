#pragma once

#include <algorithm>
#include <chrono>
#include <cstdint>

namespace ccms::server {

/// When a notification that could not be sent is tried again, and when it is given up.
struct RetrySchedule {
  int most_attempts = 10;
  std::chrono::milliseconds first_pause{5000};
  std::chrono::milliseconds longest_pause{900000};

  /// The pause after the given number of failed attempts (from 1): a random share (`jitter`, 0 to 2^32 - 1)
  /// of a time that doubles, but at least a tenth of it, so that many failures neither come back together nor
  /// at once.
  std::chrono::milliseconds pause(int attempts, std::uint32_t jitter) const {
    const int doublings = std::min(attempts - 1, 20);
    const auto ceiling = std::min(
        std::chrono::milliseconds(first_pause.count() * (std::int64_t{1} << doublings)), longest_pause);
    const auto floor = ceiling / 10;
    const auto spread = (ceiling - floor).count();
    return floor + std::chrono::milliseconds(spread * jitter / 0xffffffffLL);
  }
};

}  // namespace ccms::server
