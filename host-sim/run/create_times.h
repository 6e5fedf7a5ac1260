#pragma once

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <vector>

namespace ccms::host_sim {

/// What creates have taken lately. Threads: one at a time.
class CreateTimes {
 public:
  void add(std::chrono::microseconds taken) {
    if (recent_.size() < kKept) {
      recent_.push_back(taken);
    } else {
      recent_[next_++ % kKept] = taken;
    }
  }

  /// The median; a millisecond as long as nothing was measured.
  std::chrono::microseconds usual() const {
    if (recent_.empty()) return std::chrono::milliseconds(1);
    auto sorted = recent_;
    const auto middle = sorted.begin() + static_cast<std::ptrdiff_t>(sorted.size() / 2);
    std::nth_element(sorted.begin(), middle, sorted.end());
    return *middle;
  }

 private:
  static constexpr std::size_t kKept = 200;
  std::vector<std::chrono::microseconds> recent_;
  std::size_t next_ = 0;
};

}  // namespace ccms::host_sim
