#pragma once

#include <chrono>
#include <cstdint>
#include <functional>

namespace ccms::plugin::sync {

struct RetryTiming {
  std::chrono::milliseconds first{5'000};  ///< upper end of the first delay; doubles with every failure
  std::chrono::milliseconds cap{15 * 60'000};
};

/// How long to leave the server alone after `failures` failures in a row (one or more): evenly distributed
/// between zero and a limit that doubles up to the cap ("full jitter"), so that a chain's tills, which all
/// lost the server at the same moment, do not come back at the same moment. `random` gives 64 evenly
/// distributed bits.
std::chrono::milliseconds retry_delay(const RetryTiming& timing, std::int64_t failures,
                                      const std::function<std::uint64_t()>& random);

/// `period` give or take a fifth, so that polls spread too.
std::chrono::milliseconds spread(std::chrono::milliseconds period,
                                 const std::function<std::uint64_t()>& random);

}  // namespace ccms::plugin::sync
