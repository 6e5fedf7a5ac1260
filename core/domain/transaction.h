#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "core/domain/enum_text.h"
#include "core/domain/ids.h"
#include "core/domain/money.h"
#include "core/domain/time.h"

namespace ccms::domain {

enum class TransactionType { sale, return_, exchange };

template <>
inline constexpr std::array kEnumNames<TransactionType> = {
    EnumName<TransactionType>{TransactionType::sale, "sale"},
    EnumName<TransactionType>{TransactionType::return_, "return"},
    EnumName<TransactionType>{TransactionType::exchange, "exchange"},
};

struct TransactionLine {
  int line = 0;  ///< as on the receipt, from 1
  std::string product_id;
  std::string description;
  Quantity quantity;
  Money amount;  ///< of the whole line
  std::optional<std::string> serial;
  std::optional<std::string> batch;
  std::optional<Quantity> affected_quantity;  ///< only on lines that are complained about

  bool operator==(const TransactionLine&) const = default;
};

inline constexpr std::size_t kTransactionLinesLimit = 500;

struct Transaction {
  std::string id;  ///< receipt number; unique together with the store
  TransactionType type = TransactionType::sale;
  std::optional<std::string> original;  ///< the sale that a return or exchange goes back to
  StoreId store;
  std::optional<TillId> till;
  Instant at;
  int utc_offset_minutes = 0;  ///< local time of the store at that moment
  std::optional<CustomerId> customer_id;
  std::optional<Money> total;
  std::vector<TransactionLine> lines;

  bool operator==(const Transaction&) const = default;
};

/// What the transaction came to: its total, else the sum of its lines; nothing without lines, with mixed
/// currencies, or beyond kMoneyLimit.
std::optional<Money> transaction_value(const Transaction& transaction);

}  // namespace ccms::domain
