#include "server/verification/purchase_comparison.h"

#include <algorithm>
#include <cstdlib>
#include <optional>

namespace ccms::server {
namespace {

using domain::Transaction;
using domain::TransactionLine;

bool is_typed(const domain::TicketContent& content) { return content.proof.kind == domain::ProofKind::typed; }

std::string display(std::int64_t micros) {
  constexpr std::int64_t kMillion = 1'000'000;
  std::string text = std::to_string(micros / kMillion);
  if (const auto fraction = micros % kMillion; fraction != 0) {
    std::string digits = std::to_string(fraction);
    digits.insert(0, 6 - digits.size(), '0');
    digits.erase(digits.find_last_not_of('0') + 1);
    text += "." + digits;
  }
  return text;
}

Check check_type(const Transaction& claimed, const Transaction& booked) {
  if (claimed.type == booked.type) return {"type", CheckOutcome::pass, ""};
  return {"type", CheckOutcome::fail,
          "the books have it as a " + std::string(domain::to_text(booked.type)) + ", not as a " +
              std::string(domain::to_text(claimed.type))};
}

auto local_day(const Transaction& transaction) {
  return std::chrono::floor<std::chrono::days>(transaction.at +
                                               std::chrono::minutes(transaction.utc_offset_minutes));
}

Check check_time(const Transaction& claimed, const Transaction& booked, bool typed) {
  const bool same = typed ? local_day(claimed) == local_day(booked)
                          : std::chrono::abs(claimed.at - booked.at) <= kReceiptTimeTolerance;
  if (same) return {"time", CheckOutcome::pass, ""};
  return {"time", CheckOutcome::fail, typed ? "the books have another day" : "the books have another time"};
}

/// Many files of sales do not say which till it was: then nothing is lost, as numbers are the store's.
std::optional<Check> check_till(const Transaction& claimed, const Transaction& booked) {
  if (!claimed.till || !booked.till) return std::nullopt;
  if (*claimed.till == *booked.till) return Check{"till", CheckOutcome::pass, ""};
  return Check{"till", CheckOutcome::fail, "the books have it at another till"};
}

/// Who shows a receipt need not say who they are; who says so is checked.
std::optional<Check> check_customer(const domain::TicketContent& content, const Transaction& booked) {
  const auto claimed =
      content.customer && content.customer->id ? content.customer->id : content.transaction->customer_id;
  if (!claimed) return std::nullopt;
  if (!booked.customer_id)
    return Check{"customer", CheckOutcome::unknown, "the books do not say whose it is"};
  if (*claimed == *booked.customer_id) return Check{"customer", CheckOutcome::pass, ""};
  return Check{"customer", CheckOutcome::fail, "the books name another customer"};
}

/// Line numbers are the receipt's and may be counted differently in the books: what counts is that for every
/// line there is one in the books, not used up yet, with the same product, quantity and amount. What people
/// type is their own words for a product: not finding that proves nothing.
Check check_lines(const Transaction& claimed, const Transaction& booked, bool typed) {
  if (claimed.lines.empty()) return {"lines", CheckOutcome::unknown, "no lines were given"};
  std::vector<const TransactionLine*> unused;
  for (const auto& line : booked.lines) unused.push_back(&line);
  for (const auto& line : claimed.lines) {
    const std::string name = "line " + std::to_string(line.line);
    const auto same = std::find_if(unused.begin(), unused.end(), [&](const TransactionLine* other) {
      return other->product_id == line.product_id && other->quantity == line.quantity &&
             other->amount == line.amount;
    });
    if (same == unused.end()) {
      return {"lines", typed ? CheckOutcome::unknown : CheckOutcome::fail,
              name + " is not in the books like this"};
    }
    unused.erase(same);
    if (line.affected_quantity &&
        std::abs(line.affected_quantity->micros()) > std::abs(line.quantity.micros())) {
      return {"lines", CheckOutcome::fail, name + ": more complained about than bought"};
    }
  }
  return {"lines", CheckOutcome::pass, ""};
}

std::optional<Check> check_total(const Transaction& claimed, const Transaction& booked) {
  if (!claimed.total) return std::nullopt;
  if (!booked.total) return Check{"total", CheckOutcome::unknown, "the books have no total"};
  if (*claimed.total == *booked.total) return Check{"total", CheckOutcome::pass, ""};
  return Check{"total", CheckOutcome::fail, "the books have another total"};
}

ProductQuantities quantities_of(const Transaction& transaction) {
  ProductQuantities quantities;
  for (const auto& line : transaction.lines) quantities[line.product_id] += std::abs(line.quantity.micros());
  return quantities;
}

ProductQuantities affected_quantities(const Transaction& transaction) {
  ProductQuantities affected;
  for (const auto& line : transaction.lines) {
    if (line.affected_quantity) affected[line.product_id] += std::abs(line.affected_quantity->micros());
  }
  return affected;
}

ProductQuantities returned_quantities(const std::vector<Transaction>& returns) {
  ProductQuantities returned;
  for (const auto& back : returns) {
    for (const auto& [product, quantity] : quantities_of(back)) returned[product] += quantity;
  }
  return returned;
}

/// Fails when what is taken already leaves less than is complained about. What the books do not have at all
/// is the lines' business.
Check check_left(const char* name, const char* verb, const ProductQuantities& affected,
                 const ProductQuantities& bought, const ProductQuantities& taken) {
  for (const auto& [product, quantity] : affected) {
    const auto gone = taken.find(product);
    const auto had = bought.find(product);
    if (gone == taken.end() || gone->second == 0 || had == bought.end()) continue;
    if (had->second - gone->second < quantity)
      return {name, CheckOutcome::fail, display(gone->second) + " of " + product + " " + verb};
  }
  return {name, CheckOutcome::pass, ""};
}

}  // namespace

std::vector<Check> compare_with_books(const domain::TicketContent& content, const Transaction& booked) {
  const Transaction& claimed = *content.transaction;
  std::vector<Check> checks{check_type(claimed, booked), check_time(claimed, booked, is_typed(content))};
  if (auto check = check_till(claimed, booked)) checks.push_back(std::move(*check));
  if (auto check = check_customer(content, booked)) checks.push_back(std::move(*check));
  checks.push_back(check_lines(claimed, booked, is_typed(content)));
  if (auto check = check_total(claimed, booked)) checks.push_back(std::move(*check));
  return checks;
}

std::vector<Check> compare_with_claims(const domain::TicketContent& content, const Transaction& booked,
                                       const std::vector<Transaction>& returns,
                                       const ProductQuantities& claimed) {
  const auto affected = affected_quantities(*content.transaction);
  const auto bought = quantities_of(booked);
  return {check_left("not_returned", "was given back before", affected, bought, returned_quantities(returns)),
          check_left("not_claimed", "is claimed by another open ticket", affected, bought, claimed)};
}

}  // namespace ccms::server
