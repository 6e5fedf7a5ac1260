#pragma once

#include <cstdint>
#include <random>

namespace ccms::sample_chain {

/// Chance that is the same on every machine: the standard fixes the engine's numbers, but not what its
/// distributions make of them.
class Random {
 public:
  explicit Random(std::uint64_t seed) : engine_(seed) {}

  /// Less than `limit`, which is small against 2^64, so that the remainder's bias does not show.
  std::uint64_t below(std::uint64_t limit) { return engine_() % limit; }
  int between(int low, int high) {
    return low + static_cast<int>(below(static_cast<std::uint64_t>(high - low) + 1));
  }
  bool chance(int percent) { return below(100) < static_cast<std::uint64_t>(percent); }

  /// An element of anything with size() and [].
  template <class List>
  auto& pick(List& list) {
    return list[below(list.size())];
  }

 private:
  std::mt19937_64 engine_;
};

}  // namespace ccms::sample_chain
