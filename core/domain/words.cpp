#include "core/domain/words.h"

#include "core/domain/text.h"

namespace ccms::domain {
namespace {

bool is_combining_mark(char32_t c) { return c >= 0x0300 && c <= 0x036F; }

/// Beyond ASCII everything is part of a word but the blocks of punctuation and signs.
bool is_part_of_word(char32_t c) {
  if (c < 0x80) return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
  if (c < 0xC0) return c == 0xAA || c == 0xB5 || c == 0xBA;  // ª µ º
  if (c == 0xD7 || c == 0xF7) return false;                  // × ÷
  if (c == 0x037E || c == 0x0387) return false;              // Greek question mark and raised dot
  if (c == 0x060C || c == 0x061B || c == 0x061F || c == 0x06D4) return false;  // Arabic , ; ? .
  if (c == 0x0964 || c == 0x0965) return false;                                // Devanagari full stops
  if (c >= 0x2000 && c <= 0x206F) return false;                                // general punctuation
  if (c >= 0x20A0 && c <= 0x20CF) return false;                                // currencies
  if (c >= 0x2190 && c <= 0x2BFF) return false;                                // arrows to symbols
  if (c >= 0x3000 && c <= 0x303F && c != 0x3005 && c != 0x3007) return false;  // CJK punctuation
  if (c >= 0xFF01 && c <= 0xFF0F) return false;                                // full-width punctuation
  if (c >= 0xFF1A && c <= 0xFF20) return false;
  if (c >= 0xFE00 && c <= 0xFE0F) return false;  // variation selectors
  return !(c >= 0x1F000 && c <= 0x1FAFF);        // emoji
}

}  // namespace

std::string words_of(std::string_view text) {
  const std::string plain = normalise_for_search(text);
  std::string words;
  bool in_word = false;
  for (std::size_t at = 0; at < plain.size();) {
    const char32_t c = next_code_point(plain, at);
    if (is_combining_mark(c)) continue;
    const bool part = is_part_of_word(c);
    if (part != in_word) words += in_word || words.empty() ? " " : "";
    if (part) append_utf8(words, c);
    in_word = part;
  }
  if (in_word) words += ' ';
  return words;
}

bool has_phrase(const std::string& text_words, const std::string& phrase_words) {
  return !phrase_words.empty() && text_words.find(phrase_words) != std::string::npos;
}

}  // namespace ccms::domain
