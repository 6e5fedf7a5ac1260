#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace ccms::domain {

/// Three upper-case letters, as in ISO 4217; whether the currency exists is the settings' affair.
bool is_currency_code(std::string_view text);

/// An amount in the currency's minor units (cents), negative for returns.
struct Money {
  std::int64_t amount = 0;
  std::string currency;

  bool operator==(const Money&) const = default;
};

/// Largest amount either way: exact in every JSON reader, doubles included.
inline constexpr std::int64_t kMoneyLimit = 9'007'199'254'740'991;

/// A quantity as receipts show it ("1", "0.250", "-12"): at most nine digits before the point, six after.
/// It keeps its spelling, and compares by value.
class Quantity {
 public:
  Quantity() = default;
  /// Nothing for other spellings: exponents, a plus sign, a bare point, a superfluous leading zero, "-0".
  static std::optional<Quantity> parse(std::string_view text);

  const std::string& str() const noexcept { return text_; }
  /// The value in millionths.
  std::int64_t micros() const noexcept { return micros_; }

  friend bool operator==(const Quantity& a, const Quantity& b) { return a.micros_ == b.micros_; }
  friend std::strong_ordering operator<=>(const Quantity& a, const Quantity& b) {
    return a.micros_ <=> b.micros_;
  }

 private:
  std::string text_ = "0";
  std::int64_t micros_ = 0;
};

}  // namespace ccms::domain
