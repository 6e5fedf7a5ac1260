#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace ccms::sample_chain {

enum class Aisle { fresh, pantry, household, electronics };

struct Product {
  std::string_view id;
  std::string_view english;
  std::string_view german;
  Aisle aisle;
  std::int64_t euro_cents;

  /// As shelves and receipts have it where "en" or "de" is spoken.
  std::string_view name_in(std::string_view language) const { return language == "de" ? german : english; }
};

/// What the chain sells; electronics in its electronics stores alone.
std::span<const Product> groceries();
std::span<const Product> electronics();

/// The shelf price of a product in a currency: "EUR", "GBP" or "USD".
std::int64_t price_in(const Product& product, std::string_view currency);

}  // namespace ccms::sample_chain
