#pragma once

#include <compare>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "core/domain/result.h"

namespace ccms::domain {

/// A keyed pseudo-random function: 64 bits that nobody without the key can tell from chance. crypto/prf.h
/// makes one from SipHash.
using Prf = std::function<std::uint64_t(std::string_view input)>;

/// The code a customer goes home with: twelve Crockford base-32 symbols, four for the till, seven that cannot
/// be guessed from a neighbour's, one check symbol that catches every wrong symbol and every swap of two.
class TicketCode {
 public:
  static constexpr std::size_t kLength = 12;
  static constexpr std::size_t kPrefixLength = 4;
  static constexpr std::uint32_t kSequenceLimit = 1U << 20;  ///< sequences of one prefix: 0 to limit - 1

  TicketCode() = default;  ///< no code; empty() is true

  /// Reads what people type: case, spaces, dashes, and O for 0, I and L for 1 are forgiven. Errors:
  /// bad_value.
  static Result<TicketCode> parse(std::string_view text);

  /// The code for a sequence number of a till's prefix. `random` gives its low 15 bits. The same arguments
  /// give the same code; different sequences of one prefix and secret give different codes. Errors:
  /// prefix_exhausted when the sequence has reached the limit, bad_prefix.
  static Result<TicketCode> make(std::string_view prefix, std::uint32_t sequence, std::uint16_t random,
                                 const Prf& prf);

  bool empty() const noexcept { return symbols_.empty(); }
  /// Twelve symbols without dashes: the spelling on the wire and in SQL.
  const std::string& str() const noexcept { return symbols_; }
  /// As people see it: "ABCD-EFGH-JKMN".
  std::string display() const;
  std::string_view prefix() const { return std::string_view(symbols_).substr(0, kPrefixLength); }

  friend bool operator==(const TicketCode&, const TicketCode&) = default;
  friend std::strong_ordering operator<=>(const TicketCode& a, const TicketCode& b) {
    return a.symbols_.compare(b.symbols_) <=> 0;
  }

 private:
  explicit TicketCode(std::string symbols) : symbols_(std::move(symbols)) {}

  std::string symbols_;
};

/// Four Crockford symbols in their one spelling (upper case, no look-alikes).
bool is_ticket_code_prefix(std::string_view text);

/// The prefix with this number, 0 to 2^20 - 1: how the server hands them out.
std::string ticket_code_prefix(std::uint32_t number);

/// The sequence number inside a code made with this secret.
std::uint32_t ticket_code_sequence(const TicketCode& code, const Prf& prf);

}  // namespace ccms::domain

template <>
struct std::hash<ccms::domain::TicketCode> {
  std::size_t operator()(const ccms::domain::TicketCode& code) const noexcept {
    return std::hash<std::string>()(code.str());
  }
};
