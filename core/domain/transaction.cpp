#include "core/domain/transaction.h"

namespace ccms::domain {

std::optional<Money> transaction_value(const Transaction& transaction) {
  if (transaction.total) return transaction.total;
  if (transaction.lines.empty()) return std::nullopt;
  Money sum{0, transaction.lines.front().amount.currency};
  for (const TransactionLine& line : transaction.lines) {
    if (line.amount.currency != sum.currency) return std::nullopt;
    // Lines are within kMoneyLimit, so one addition to a sum within it cannot overflow.
    sum.amount += line.amount.amount;
    if (sum.amount > kMoneyLimit || sum.amount < -kMoneyLimit) return std::nullopt;
  }
  return sum;
}

}  // namespace ccms::domain
