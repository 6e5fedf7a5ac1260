#include "plugin/sync/retry_policy.h"

#include <algorithm>

namespace ccms::plugin::sync {

using std::chrono::milliseconds;

milliseconds retry_delay(const RetryTiming& timing, std::int64_t failures,
                         const std::function<std::uint64_t()>& random) {
  constexpr std::int64_t kEnoughDoublings = 30;
  const auto doublings = std::clamp<std::int64_t>(failures - 1, 0, kEnoughDoublings);
  const auto limit = std::min(timing.first * (std::int64_t{1} << doublings), timing.cap);
  return milliseconds(static_cast<std::int64_t>(random() % static_cast<std::uint64_t>(limit.count() + 1)));
}

milliseconds spread(milliseconds period, const std::function<std::uint64_t()>& random) {
  const auto width = period.count() * 2 / 5;
  return period - milliseconds(width / 2) +
         milliseconds(static_cast<std::int64_t>(random() % static_cast<std::uint64_t>(width + 1)));
}

}  // namespace ccms::plugin::sync
