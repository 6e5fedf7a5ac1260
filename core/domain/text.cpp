#include "core/domain/text.h"

#include <algorithm>
#include <array>
#include <cstdint>

namespace ccms::domain {
namespace {

/// The zeros of Unicode's decimal digits (category Nd), ascending; each is followed by its one to nine.
constexpr char32_t kZeros[] = {
    // clang-format off
    0x0030, 0x0660, 0x06F0, 0x07C0, 0x0966, 0x09E6, 0x0A66, 0x0AE6, 0x0B66, 0x0BE6,
    0x0C66, 0x0CE6, 0x0D66, 0x0DE6, 0x0E50, 0x0ED0, 0x0F20, 0x1040, 0x1090, 0x17E0,
    0x1810, 0x1946, 0x19D0, 0x1A80, 0x1A90, 0x1B50, 0x1BB0, 0x1C40, 0x1C50, 0xA620,
    0xA8D0, 0xA900, 0xA9D0, 0xA9F0, 0xAA50, 0xABF0, 0xFF10, 0x104A0, 0x10D30, 0x11066,
    0x110F0, 0x11136, 0x111D0, 0x112F0, 0x11450, 0x114D0, 0x11650, 0x116C0, 0x11730, 0x118E0,
    0x11950, 0x11C50, 0x11D50, 0x11DA0, 0x16A60, 0x16AC0, 0x16B50, 0x1D7CE, 0x1D7D8, 0x1D7E2,
    0x1D7EC, 0x1D7F6, 0x1E140, 0x1E2F0, 0x1E950, 0x1FBF0,
    // clang-format on
};

/// U+00C0 to U+017F (Latin-1 letters and Latin Extended-A) in lower case without accents.
constexpr std::string_view kPlainLatin[] = {
    // clang-format off
    "a", "a", "a", "a", "a", "a", "ae", "c", "e", "e", "e", "e", "i", "i", "i", "i",
    "d", "n", "o", "o", "o", "o", "o", "×", "o", "u", "u", "u", "u", "y", "th", "ss",
    "a", "a", "a", "a", "a", "a", "ae", "c", "e", "e", "e", "e", "i", "i", "i", "i",
    "d", "n", "o", "o", "o", "o", "o", "÷", "o", "u", "u", "u", "u", "y", "th", "y",
    "a", "a", "a", "a", "a", "a", "c", "c", "c", "c", "c", "c", "c", "c", "d", "d",
    "d", "d", "e", "e", "e", "e", "e", "e", "e", "e", "e", "e", "g", "g", "g", "g",
    "g", "g", "g", "g", "h", "h", "h", "h", "i", "i", "i", "i", "i", "i", "i", "i",
    "i", "i", "ij", "ij", "j", "j", "k", "k", "k", "l", "l", "l", "l", "l", "l", "l",
    "l", "l", "l", "n", "n", "n", "n", "n", "n", "n", "n", "n", "o", "o", "o", "o",
    "o", "o", "oe", "oe", "r", "r", "r", "r", "r", "r", "s", "s", "s", "s", "s", "s",
    "s", "s", "t", "t", "t", "t", "t", "t", "u", "u", "u", "u", "u", "u", "u", "u",
    "u", "u", "u", "u", "w", "w", "y", "y", "y", "z", "z", "z", "z", "z", "z", "s",
    // clang-format on
};
constexpr char32_t kPlainLatinFirst = 0xC0;

bool is_space(char32_t c) {
  return c == ' ' || (c >= '\t' && c <= '\r') || c == 0xA0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200A) ||
         c == 0x2028 || c == 0x2029 || c == 0x202F || c == 0x205F || c == 0x3000;
}

char32_t lower_greek_or_cyrillic(char32_t c) {
  if (c == 0x0386) return 0x03AC;                                // Ά
  if (c >= 0x0388 && c <= 0x038A) return c + 37;                 // Έ Ή Ί
  if (c == 0x038C) return 0x03CC;                                // Ό
  if (c == 0x038E || c == 0x038F) return c + 63;                 // Ύ Ώ
  if (c >= 0x0391 && c <= 0x03AB && c != 0x03A2) return c + 32;  // Α … Ϋ
  if (c == 0x03C2) return 0x03C3;                                // final sigma
  if (c >= 0x0400 && c <= 0x040F) return c + 80;                 // Ѐ … Џ
  if (c >= 0x0410 && c <= 0x042F) return c + 32;                 // А … Я
  return c;
}

void append_folded(std::string& out, char32_t c) {
  if (c >= 'A' && c <= 'Z') {
    out += static_cast<char>(c - 'A' + 'a');
  } else if (c >= kPlainLatinFirst && c < kPlainLatinFirst + std::size(kPlainLatin)) {
    out += kPlainLatin[c - kPlainLatinFirst];
  } else {
    append_utf8(out, lower_greek_or_cyrillic(c));
  }
}

/// The length of the sequence that a lead byte starts, or 0 for a byte that starts none.
std::size_t sequence_length(unsigned char lead) {
  if (lead < 0x80) return 1;
  if (lead >= 0xC2 && lead <= 0xDF) return 2;
  if (lead >= 0xE0 && lead <= 0xEF) return 3;
  if (lead >= 0xF0 && lead <= 0xF4) return 4;
  return 0;
}

/// Which second bytes keep a sequence from being overlong, a surrogate, or beyond U+10FFFF (RFC 3629).
bool is_second_byte(unsigned char lead, unsigned char second) {
  const unsigned char low = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
  const unsigned char high = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
  return second >= low && second <= high;
}

bool is_continuation(char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; }

}  // namespace

bool is_valid_utf8(std::string_view text) {
  std::size_t at = 0;
  while (at < text.size()) {
    const auto lead = static_cast<unsigned char>(text[at]);
    const std::size_t length = sequence_length(lead);
    if (length == 0 || length > text.size() - at) return false;
    if (length > 1 && !is_second_byte(lead, static_cast<unsigned char>(text[at + 1]))) return false;
    for (std::size_t i = 2; i < length; ++i) {
      if (!is_continuation(text[at + i])) return false;
    }
    at += length;
  }
  return true;
}

char32_t next_code_point(std::string_view text, std::size_t& at) {
  const auto lead = static_cast<unsigned char>(text[at]);
  const std::size_t length = std::max<std::size_t>(1, sequence_length(lead));
  constexpr unsigned char kLeadMask[] = {0, 0x7F, 0x1F, 0x0F, 0x07};
  char32_t code_point = lead & kLeadMask[length];
  for (std::size_t i = 1; i < length && at + i < text.size(); ++i) {
    code_point = code_point << 6 | (static_cast<unsigned char>(text[at + i]) & 0x3FU);
  }
  at = std::min(at + length, text.size());
  return code_point;
}

void append_utf8(std::string& out, char32_t c) {
  const auto continuation = [c](unsigned shift) { return static_cast<char>(0x80U | (c >> shift & 0x3FU)); };
  if (c < 0x80) {
    out += static_cast<char>(c);
  } else if (c < 0x800) {
    out += static_cast<char>(0xC0U | c >> 6);
    out += continuation(0);
  } else if (c < 0x10000) {
    out += static_cast<char>(0xE0U | c >> 12);
    out += continuation(6);
    out += continuation(0);
  } else {
    out += static_cast<char>(0xF0U | c >> 18);
    out += continuation(12);
    out += continuation(6);
    out += continuation(0);
  }
}

std::size_t count_code_points(std::string_view text) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return !is_continuation(c); }));
}

std::string_view truncate_code_points(std::string_view text, std::size_t limit) {
  std::size_t at = 0;
  for (std::size_t count = 0; count < limit && at < text.size(); ++count) next_code_point(text, at);
  return text.substr(0, at);
}

bool has_control_characters(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const char32_t c = next_code_point(text, at);
    if (c < 0x20 ? c != '\n' && c != '\t' : c >= 0x7F && c <= 0x9F) return true;
  }
  return false;
}

std::optional<int> decimal_digit(char32_t c) {
  if (c < 0x80 && (c < '0' || c > '9')) return std::nullopt;  // most of all text
  const auto* above = std::upper_bound(std::begin(kZeros), std::end(kZeros), c);
  if (above == std::begin(kZeros)) return std::nullopt;
  const char32_t distance = c - *(above - 1);
  if (distance > 9) return std::nullopt;
  return static_cast<int>(distance);
}

std::string digits_only(std::string_view text) {
  std::string digits;
  for (std::size_t at = 0; at < text.size();) {
    if (const auto digit = decimal_digit(next_code_point(text, at)))
      digits += static_cast<char>('0' + *digit);
  }
  return digits;
}

std::string mask_mobile(std::string_view mobile) {
  constexpr std::size_t kShown = 4;
  constexpr std::size_t kShortest = 7;
  const std::string digits = digits_only(mobile);
  std::string masked = "\u2022\u2022\u2022\u2022";
  if (digits.size() >= kShortest) masked += " " + digits.substr(digits.size() - kShown);
  return masked;
}

std::string mask_address(std::string_view address) {
  const auto at = address.find('@');
  if (at == std::string_view::npos) return mask_mobile(address);
  return std::string(truncate_code_points(address.substr(0, at), 1)) + "\u2022\u2022\u2022" +
         std::string(address.substr(at));
}

std::string mask_name(std::string_view name) {
  std::string first;
  std::string last;
  bool in_word = false;
  for (std::size_t at = 0; at < name.size();) {
    const std::size_t begin = at;
    const bool space = is_space(next_code_point(name, at));
    if (!space && !in_word) (first.empty() ? first : last) = name.substr(begin, at - begin);
    in_word = !space;
  }
  if (first.empty()) return "";
  return last.empty() ? first + "***" : first + "*** " + last + ".";
}

std::string normalise_for_search(std::string_view text) {
  std::string out;
  bool space_due = false;
  for (std::size_t at = 0; at < text.size();) {
    const char32_t c = next_code_point(text, at);
    if (is_space(c)) {
      space_due = !out.empty();
      continue;
    }
    if (space_due) out += ' ';
    space_due = false;
    append_folded(out, c);
  }
  return out;
}

}  // namespace ccms::domain
