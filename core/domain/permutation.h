#pragma once

#include <cstdint>
#include <functional>

namespace ccms::domain {

/// The keyed function of one Feistel round: any bits will do, the permutation masks them.
using RoundFunction = std::function<std::uint64_t(std::uint32_t round, std::uint64_t half)>;

/// A keyed bijection of the numbers below 2^Bits: a balanced Feistel network over the next even width, walked
/// along its cycle until the value is in range again (format-preserving encryption in the manner of FF1).
template <unsigned Bits>
class Permutation {
  static_assert(Bits >= 2 && Bits <= 62);

 public:
  static constexpr unsigned kHalfBits = (Bits + 1) / 2;
  static constexpr std::uint64_t kHalfMask = (std::uint64_t{1} << kHalfBits) - 1;
  static constexpr std::uint64_t kSize = std::uint64_t{1} << Bits;
  static constexpr std::uint32_t kRounds = 10;

  explicit Permutation(RoundFunction round) : round_(std::move(round)) {}

  std::uint64_t forward(std::uint64_t value) const {
    do value = encipher(value);
    while (value >= kSize);
    return value;
  }

  std::uint64_t backward(std::uint64_t value) const {
    do value = decipher(value);
    while (value >= kSize);
    return value;
  }

 private:
  std::uint64_t encipher(std::uint64_t value) const {
    std::uint64_t left = value >> kHalfBits;
    std::uint64_t right = value & kHalfMask;
    for (std::uint32_t round = 0; round < kRounds; ++round) {
      const std::uint64_t next = left ^ (round_(round, right) & kHalfMask);
      left = right;
      right = next;
    }
    return left << kHalfBits | right;
  }

  std::uint64_t decipher(std::uint64_t value) const {
    std::uint64_t left = value >> kHalfBits;
    std::uint64_t right = value & kHalfMask;
    for (std::uint32_t round = kRounds; round-- > 0;) {
      const std::uint64_t previous = right ^ (round_(round, left) & kHalfMask);
      right = left;
      left = previous;
    }
    return left << kHalfBits | right;
  }

  RoundFunction round_;
};

}  // namespace ccms::domain
