#include "core/domain/encoding.h"

namespace ccms::domain {
namespace {

constexpr std::string_view kHex = "0123456789abcdef";
constexpr std::string_view kBase64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr int kNotInAlphabet = -1;

constexpr std::array<std::int8_t, 256> make_lookup(std::string_view alphabet) {
  std::array<std::int8_t, 256> table{};
  for (auto& entry : table) entry = kNotInAlphabet;
  for (std::size_t i = 0; i < alphabet.size(); ++i) {
    table[static_cast<unsigned char>(alphabet[i])] = static_cast<std::int8_t>(i);
  }
  return table;
}

constexpr auto kHexLookup = make_lookup(kHex);
constexpr auto kBase64Lookup = make_lookup(kBase64);

unsigned byte_at(std::string_view bytes, std::size_t i) { return static_cast<unsigned char>(bytes[i]); }

}  // namespace

std::string hex_encode(std::string_view bytes) {
  std::string out;
  out.reserve(bytes.size() * 2);
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    out += kHex[byte_at(bytes, i) >> 4];
    out += kHex[byte_at(bytes, i) & 15U];
  }
  return out;
}

std::optional<std::string> hex_decode(std::string_view text) {
  if (text.size() % 2 != 0) return std::nullopt;
  std::string out;
  out.reserve(text.size() / 2);
  for (std::size_t i = 0; i < text.size(); i += 2) {
    const int high = kHexLookup[byte_at(text, i)];
    const int low = kHexLookup[byte_at(text, i + 1)];
    if (high == kNotInAlphabet || low == kNotInAlphabet) return std::nullopt;
    out += static_cast<char>(high << 4 | low);
  }
  return out;
}

std::string base64_encode(std::string_view bytes) {
  std::string out;
  out.reserve((bytes.size() + 2) / 3 * 4);
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    const std::size_t taken = bytes.size() - i < 3 ? bytes.size() - i : 3;
    unsigned group = byte_at(bytes, i) << 16;
    if (taken > 1) group |= byte_at(bytes, i + 1) << 8;
    if (taken > 2) group |= byte_at(bytes, i + 2);
    out += kBase64[group >> 18];
    out += kBase64[group >> 12 & 63U];
    out += taken > 1 ? kBase64[group >> 6 & 63U] : '=';
    out += taken > 2 ? kBase64[group & 63U] : '=';
  }
  return out;
}

std::optional<std::string> base64_decode(std::string_view text) {
  if (text.size() % 4 != 0) return std::nullopt;
  std::size_t padding = 0;
  while (padding < 2 && padding < text.size() && text[text.size() - 1 - padding] == '=') ++padding;

  std::string out;
  out.reserve(text.size() / 4 * 3);
  unsigned bits = 0;
  unsigned count = 0;
  for (std::size_t i = 0; i < text.size() - padding; ++i) {
    const int value = kBase64Lookup[byte_at(text, i)];
    if (value == kNotInAlphabet) return std::nullopt;
    bits = bits << 6 | static_cast<unsigned>(value);
    count += 6;
    if (count >= 8) {
      count -= 8;
      out += static_cast<char>(bits >> count & 255U);
    }
  }
  const unsigned spare = bits & ((1U << count) - 1);
  if (spare != 0) return std::nullopt;
  return out;
}

}  // namespace ccms::domain
