#include "core/domain/ticket_code.h"

#include <array>
#include <optional>

#include "core/domain/permutation.h"

namespace ccms::domain {
namespace {

constexpr std::string_view kAlphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
constexpr unsigned kSymbolBits = 5;
constexpr std::uint64_t kSymbolMask = 31;
constexpr std::size_t kBodySymbols = 7;
constexpr std::size_t kCheckPosition = TicketCode::kLength - 1;
constexpr unsigned kRandomBits = 15;

/// GF(32) = GF(2)[x] / (x^5 + x^2 + 1), where x has order 31, so that the weights x^0 … x^11 all differ.
constexpr unsigned times_x(unsigned a) { return (a << 1 ^ (a & 16U ? 0b100101U : 0U)) & 31U; }

constexpr unsigned multiply(unsigned a, unsigned b) {
  unsigned product = 0;
  for (unsigned bit = 0; bit < kSymbolBits; ++bit, a = times_x(a)) {
    if (b >> bit & 1U) product ^= a;
  }
  return product;
}

constexpr std::array<unsigned, TicketCode::kLength> make_weights() {
  std::array<unsigned, TicketCode::kLength> weights{};
  unsigned weight = 1;
  for (unsigned& entry : weights) {
    entry = weight;
    weight = times_x(weight);
  }
  return weights;
}

constexpr auto kWeights = make_weights();

std::optional<unsigned> symbol_value(char c) {
  if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  if (c == 'O') c = '0';
  if (c == 'I' || c == 'L') c = '1';
  const std::size_t at = kAlphabet.find(c);
  if (at == std::string_view::npos) return std::nullopt;
  return static_cast<unsigned>(at);
}

unsigned value_at(std::string_view symbols, std::size_t i) {
  return static_cast<unsigned>(kAlphabet.find(symbols[i]));
}

/// Zero for a whole code that is right.
unsigned weighted_sum(std::string_view symbols) {
  unsigned sum = 0;
  for (std::size_t i = 0; i < symbols.size(); ++i) sum ^= multiply(kWeights[i], value_at(symbols, i));
  return sum;
}

char check_symbol(std::string_view symbols) {
  const unsigned sum = weighted_sum(symbols);
  unsigned check = 0;
  while (multiply(kWeights[kCheckPosition], check) != sum) ++check;
  return kAlphabet[check];
}

void append_number(std::string& symbols, std::uint64_t number, std::size_t count) {
  for (std::size_t i = count; i-- > 0;) symbols += kAlphabet[number >> (i * kSymbolBits) & kSymbolMask];
}

/// The permutation of one prefix: the prefix goes into every round, so that a till's next prefix does not
/// repeat the pattern of its last.
Permutation<35> permutation_of(std::string_view prefix, const Prf& prf) {
  return Permutation<35>([prefix = std::string(prefix), &prf](std::uint32_t round, std::uint64_t half) {
    std::string input = "ccms-ticket-code-1" + prefix + static_cast<char>(round);
    for (int shift = 0; shift < 24; shift += 8) input += static_cast<char>(half >> shift & 255U);
    return prf(input);
  });
}

}  // namespace

Result<TicketCode> TicketCode::parse(std::string_view text) {
  constexpr std::size_t kTypedLimit = 64;
  if (text.size() > kTypedLimit)
    return Error{"bad_value", "A ticket code has twelve letters and digits.", ""};
  std::string symbols;
  for (char c : text) {
    if (c == ' ' || c == '-' || c == '\t') continue;
    const auto value = symbol_value(c);
    if (!value) return Error{"bad_value", "A ticket code has letters (never U) and digits alone.", ""};
    symbols += kAlphabet[*value];
  }
  if (symbols.size() != kLength)
    return Error{"bad_value", "A ticket code has twelve letters and digits.", ""};
  if (weighted_sum(symbols) != 0) return Error{"bad_value", "The ticket code is mistyped.", ""};
  return TicketCode(std::move(symbols));
}

Result<TicketCode> TicketCode::make(std::string_view prefix, std::uint32_t sequence, std::uint16_t random,
                                    const Prf& prf) {
  if (!is_ticket_code_prefix(prefix)) return Error{"bad_prefix", "A prefix has four Crockford symbols.", ""};
  if (sequence >= kSequenceLimit) {
    return Error{"prefix_exhausted", "Every ticket code of this till's prefix has been given out.", ""};
  }
  const std::uint64_t low = random & ((1U << kRandomBits) - 1);
  const std::uint64_t plain = std::uint64_t{sequence} << kRandomBits | low;
  std::string symbols(prefix);
  append_number(symbols, permutation_of(prefix, prf).forward(plain), kBodySymbols);
  symbols += check_symbol(symbols);
  return TicketCode(std::move(symbols));
}

std::string TicketCode::display() const {
  std::string text = symbols_;
  if (text.size() == kLength) {
    text.insert(8, 1, '-');
    text.insert(4, 1, '-');
  }
  return text;
}

bool is_ticket_code_prefix(std::string_view text) {
  return text.size() == TicketCode::kPrefixLength &&
         text.find_first_not_of(kAlphabet) == std::string_view::npos;
}

std::string ticket_code_prefix(std::uint32_t number) {
  std::string prefix;
  append_number(prefix, number, TicketCode::kPrefixLength);
  return prefix;
}

std::uint32_t ticket_code_sequence(const TicketCode& code, const Prf& prf) {
  std::uint64_t body = 0;
  for (std::size_t i = TicketCode::kPrefixLength; i < kCheckPosition; ++i) {
    body = body << kSymbolBits | value_at(code.str(), i);
  }
  return static_cast<std::uint32_t>(permutation_of(code.prefix(), prf).backward(body) >> kRandomBits);
}

}  // namespace ccms::domain
