#include "core/domain/card_redaction.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <vector>

#include "core/domain/text.h"

namespace ccms::domain {
namespace {

/// Card numbers of one issuer: the range of their first digits and the lengths they have.
struct Issuer {
  int first;  ///< lowest beginning
  int last;   ///< highest beginning, as many digits as the lowest
  std::size_t shortest;
  std::size_t longest;
};

constexpr Issuer kIssuers[] = {
    {4, 4, 16, 16},       {4, 4, 19, 19},       {4, 4, 13, 13},        // Visa; 13 digits until the 1990s
    {51, 55, 16, 16},     {2221, 2720, 16, 16},                        // Mastercard
    {34, 34, 15, 15},     {37, 37, 15, 15},                            // American Express
    {6011, 6011, 16, 19}, {644, 649, 16, 19},   {65, 65, 16, 19},      // Discover
    {3528, 3589, 16, 19},                                              // JCB
    {300, 305, 14, 14},   {36, 36, 14, 14},     {38, 39, 14, 14},      // Diners Club
    {5018, 5018, 13, 19}, {5020, 5020, 13, 19}, {5038, 5038, 13, 19},  // Maestro
    {5893, 5893, 13, 19}, {6304, 6304, 13, 19}, {6759, 6759, 13, 19},  //
    {6761, 6763, 13, 19}, {6390, 6390, 13, 19},                        //
    {62, 62, 16, 19},                                                  // UnionPay
};

/// Lengths in the order they are believed in: a number with its expiry date or security code behind it may by
/// chance pass as a longer one.
constexpr std::array<std::size_t, 7> kLengths = {16, 15, 14, 19, 18, 17, 13};
constexpr std::ptrdiff_t kShortest = 13;
constexpr std::size_t kSeparatorsLimit = 3;
constexpr std::size_t kShown = 4;

/// What a number is replaced by is no longer than the shortest spelling of it, so that masking breaks no
/// limit that a text was checked against before.
constexpr std::string_view kMaskBegin = "[card ";
constexpr std::string_view kMaskEnd = "]";
constexpr std::size_t kStarsLimit = 4;
constexpr std::size_t kMaskWithoutStars = kMaskBegin.size() + kShown + kMaskEnd.size();
static_assert(kMaskWithoutStars < static_cast<std::size_t>(kShortest));

std::size_t stars_for(std::size_t digits) { return std::min(kStarsLimit, digits - kMaskWithoutStars); }

/// One digit of a run: digits with nothing but a few separators between them.
struct Digit {
  int value;
  std::size_t begin;  ///< in bytes of the text
  std::size_t end;
  bool starts_group;  ///< no digit stands directly before it
};
using Run = std::vector<Digit>;

bool is_separator(char32_t c) {
  constexpr char32_t kSeparators[] =
      U" \t\n\r-._,/\\|:*\u00A0\u00AD\u00B7\u2022\u202F\u2044\u205F\u2060\u2212\u2215\u3000"
      U"\uFE58\uFE63\uFEFF\uFF0C\uFF0D\uFF0E\uFF0F";
  if (c >= 0x2000 && c <= 0x2015) return true;  // spaces, zero-width characters, dashes
  return c != 0 && std::find(std::begin(kSeparators), std::end(kSeparators), c) != std::end(kSeparators);
}

bool passes_luhn(const Digit* digits, std::size_t count) {
  int sum = 0;
  for (std::size_t i = 0; i < count; ++i) {
    const int doubled = digits[count - 1 - i].value * (i % 2 == 1 ? 2 : 1);
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 == 0;
}

/// Product codes of thirteen digits would otherwise be taken for old Visa numbers one time in ten.
bool is_ean13(const Digit* digits, std::size_t count) {
  if (count != 13) return false;
  int sum = 0;
  for (std::size_t i = 0; i < count; ++i) sum += digits[i].value * (i % 2 == 1 ? 3 : 1);
  return sum % 10 == 0;
}

bool has_issuer(const Digit* digits, std::size_t count) {
  return std::any_of(std::begin(kIssuers), std::end(kIssuers), [&](const Issuer& issuer) {
    if (count < issuer.shortest || count > issuer.longest) return false;
    int beginning = 0;
    const Digit* digit = digits;
    for (int size = issuer.first; size > 0; size /= 10) beginning = beginning * 10 + digit++->value;
    return beginning >= issuer.first && beginning <= issuer.last;
  });
}

/// What to mask: all that may belong to the number, showing the end of its likeliest reading.
struct Card {
  std::size_t likely = 0;   ///< digits of the likeliest reading; 0 when there is no card number
  std::size_t covered = 0;  ///< digits of the longest
};

/// The card number that begins at `from`; it begins and ends with a group.
Card find_card(const Run& run, std::size_t from) {
  Card card;
  if (!run[from].starts_group) return card;
  for (const std::size_t length : kLengths) {
    const std::size_t end = from + length;
    if (end > run.size() || (end < run.size() && !run[end].starts_group)) continue;
    const Digit* digits = &run[from];
    if (!has_issuer(digits, length) || !passes_luhn(digits, length) || is_ean13(digits, length)) continue;
    if (card.likely == 0) card.likely = length;
    card.covered = std::max(card.covered, length);
  }
  return card;
}

/// Copies a text while leaving out what is masked.
class Redactor {
 public:
  explicit Redactor(std::string_view text) : text_(text) {}

  void mask_cards(const Run& run, bool after_plus) {
    for (std::size_t from = after_plus ? 1 : 0; from < run.size();) {
      const Card card = find_card(run, from);
      if (card.likely != 0) mask(&run[from], card);
      from += std::max<std::size_t>(1, card.covered);
    }
  }

  std::string finish() && {
    out_ += text_.substr(copied_);
    return std::move(out_);
  }

 private:
  void mask(const Digit* digits, const Card& card) {
    out_ += text_.substr(copied_, digits[0].begin - copied_);
    out_ += kMaskBegin;
    out_.append(stars_for(card.covered), '*');
    for (std::size_t i = card.likely - kShown; i < card.likely; ++i)
      out_ += static_cast<char>('0' + digits[i].value);
    out_ += kMaskEnd;
    copied_ = digits[card.covered - 1].end;
  }

  std::string_view text_;
  std::string out_;
  std::size_t copied_ = 0;
};

/// False when there are too few digits for the shortest number, as in most texts: bytes beyond ASCII may all
/// belong to other scripts' digits.
bool may_hold_card(std::string_view text) {
  const auto digits = std::count_if(text.begin(), text.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return (byte >= '0' && byte <= '9') || byte >= 0x80;
  });
  return digits >= kShortest;
}

}  // namespace

std::string redact_card_numbers(std::string_view text) {
  if (!may_hold_card(text)) return std::string(text);
  Redactor redactor(text);
  Run run;
  bool after_plus = false;
  std::size_t separators = 0;
  char32_t previous = 0;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t begin = at;
    const char32_t c = next_code_point(text, at);
    if (const auto digit = decimal_digit(c)) {
      if (run.empty()) after_plus = previous == '+';
      run.push_back({*digit, begin, at, run.empty() || separators > 0});
      separators = 0;
    } else if (!run.empty() && (!is_separator(c) || ++separators > kSeparatorsLimit)) {
      redactor.mask_cards(run, after_plus);
      run.clear();
      separators = 0;
    }
    previous = c;
  }
  redactor.mask_cards(run, after_plus);
  return std::move(redactor).finish();
}

void redact_card_numbers_in(std::string& text) {
  if (may_hold_card(text)) text = redact_card_numbers(text);
}

}  // namespace ccms::domain
