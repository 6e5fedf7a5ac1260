#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace ccms::domain {

/// A SHA-256 digest.
using Digest = std::array<std::uint8_t, 32>;

/// The bytes of a fixed-size array as text; the view lives as long as the array.
template <std::size_t N>
std::string_view bytes_view(const std::array<std::uint8_t, N>& bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), N};
}

/// The array holding these bytes, or nothing when their number differs.
template <std::size_t N>
std::optional<std::array<std::uint8_t, N>> to_array(std::string_view bytes) {
  if (bytes.size() != N) return std::nullopt;
  std::array<std::uint8_t, N> out{};
  for (std::size_t i = 0; i < N; ++i) out[i] = static_cast<std::uint8_t>(bytes[i]);
  return out;
}

/// Lower-case hexadecimal.
std::string hex_encode(std::string_view bytes);
/// Bytes of lower-case hexadecimal; upper case and odd lengths are refused, so that a text has one spelling.
std::optional<std::string> hex_decode(std::string_view text);

/// Standard base64 (RFC 4648, section 4), padded.
std::string base64_encode(std::string_view bytes);
/// Bytes of padded standard base64. White space, missing padding and non-zero spare bits are refused.
std::optional<std::string> base64_decode(std::string_view text);

}  // namespace ccms::domain
