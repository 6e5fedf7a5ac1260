#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>

namespace ccms::crypto {

/// Fills memory from the system's cryptographic random numbers. Any thread. Throws std::runtime_error when
/// there are none: nothing may go on with predictable ones.
void fill_random(std::uint8_t* out, std::size_t size);

template <std::size_t N>
std::array<std::uint8_t, N> random_array() {
  std::array<std::uint8_t, N> out{};
  fill_random(out.data(), N);
  return out;
}

std::string random_bytes(std::size_t size);

}  // namespace ccms::crypto
