#include "server/verification/verification.h"

#include <algorithm>
#include <cstdlib>
#include <optional>

namespace ccms::server {
namespace {

using domain::Transaction;
using domain::TransactionLine;
using workflow::Verification;

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

/// The complained quantity of each product, in millionths.
ClaimedQuantities affected_quantities(const Transaction& transaction) {
  ClaimedQuantities affected;
  for (const auto& line : transaction.lines) {
    if (line.affected_quantity) affected[line.product_id] += std::abs(line.affected_quantity->micros());
  }
  return affected;
}

ClaimedQuantities quantities_of(const Transaction& transaction) {
  ClaimedQuantities quantities;
  for (const auto& line : transaction.lines) quantities[line.product_id] += std::abs(line.quantity.micros());
  return quantities;
}

Check check_customer(const domain::TicketContent& content, const Transaction& booked) {
  const auto claimed =
      content.customer && content.customer->id ? content.customer->id : content.transaction->customer_id;
  if (!claimed || !booked.customer_id)
    return {"customer", CheckOutcome::unknown, "the customer is not named"};
  if (*claimed == *booked.customer_id) return {"customer", CheckOutcome::pass, ""};
  return {"customer", CheckOutcome::fail, "the books name another customer"};
}

/// Line numbers are the receipt's and may be counted differently in the books: what counts is that for every
/// line there is one in the books, not used up yet, with the same product, quantity and amount.
Check check_lines(const Transaction& claimed, const Transaction& booked) {
  std::vector<const TransactionLine*> unused;
  for (const auto& line : booked.lines) unused.push_back(&line);
  for (const auto& line : claimed.lines) {
    const auto same = std::find_if(unused.begin(), unused.end(), [&](const TransactionLine* other) {
      return other->product_id == line.product_id && other->quantity == line.quantity &&
             other->amount.amount == line.amount.amount;
    });
    if (same == unused.end()) {
      return {"lines", CheckOutcome::fail,
              "line " + std::to_string(line.line) + " is not in the books like this"};
    }
    unused.erase(same);
    if (line.affected_quantity &&
        std::abs(line.affected_quantity->micros()) > std::abs(line.quantity.micros())) {
      return {"lines", CheckOutcome::fail,
              "line " + std::to_string(line.line) + ": more complained about than bought"};
    }
  }
  if (claimed.lines.empty()) return {"lines", CheckOutcome::unknown, "no lines were given"};
  return {"lines", CheckOutcome::pass, ""};
}

Check check_total(const Transaction& claimed, const Transaction& booked) {
  if (!claimed.total || !booked.total) return {"total", CheckOutcome::unknown, "no total was given"};
  if (*claimed.total == *booked.total) return {"total", CheckOutcome::pass, ""};
  return {"total", CheckOutcome::fail, "the books have another total"};
}

/// Fails when what is taken already leaves less than is complained about.
Check check_left(const char* name, const char* verb, const ClaimedQuantities& affected,
                 const ClaimedQuantities& bought, const ClaimedQuantities& taken) {
  for (const auto& [product, quantity] : affected) {
    const auto gone = taken.find(product);
    if (gone == taken.end() || gone->second == 0) continue;
    const auto had = bought.find(product);
    const std::int64_t left = (had == bought.end() ? 0 : had->second) - gone->second;
    if (left < quantity)
      return {name, CheckOutcome::fail, display(gone->second) + " of " + product + " " + verb};
  }
  return {name, CheckOutcome::pass, ""};
}

Check check_policy(const Transaction& booked, Instant created_at, int claim_within_days) {
  const auto age = std::chrono::floor<std::chrono::days>(created_at - booked.at);
  if (age.count() <= claim_within_days) return {"policy", CheckOutcome::pass, ""};
  return {"policy", CheckOutcome::fail,
          "bought " + std::to_string(age.count()) + " days ago, allowed are " +
              std::to_string(claim_within_days)};
}

ClaimedQuantities returned_quantities(const PurchaseEvidence& evidence) {
  ClaimedQuantities returned;
  for (const auto& back : evidence.returns) {
    for (const auto& [product, quantity] : quantities_of(back)) returned[product] += quantity;
  }
  return returned;
}

}  // namespace

VerificationResult verify_purchase(const domain::TicketContent& content, Instant created_at,
                                   const PurchaseEvidence& evidence, const ClaimedQuantities& claimed,
                                   int claim_within_days) {
  if (!content.transaction) return {Verification::unverified, {}};
  if (!evidence.transaction) {
    const bool looked_up = content.proof.kind == domain::ProofKind::looked_up;
    return {looked_up ? Verification::pending : Verification::unverified,
            {{"transaction_known", CheckOutcome::unknown, "the books do not have this receipt"}}};
  }
  const Transaction& stated = *content.transaction;
  const Transaction& booked = *evidence.transaction;
  const auto affected = affected_quantities(stated);
  const auto bought = quantities_of(booked);
  VerificationResult result{Verification::verified, {{"transaction_known", CheckOutcome::pass, ""}}};
  result.checks.push_back(check_customer(content, booked));
  result.checks.push_back(check_lines(stated, booked));
  result.checks.push_back(check_total(stated, booked));
  result.checks.push_back(
      check_left("not_returned", "was given back before", affected, bought, returned_quantities(evidence)));
  result.checks.push_back(
      check_left("not_claimed", "is claimed by another open ticket", affected, bought, claimed));
  result.checks.push_back(check_policy(booked, created_at, claim_within_days));
  const bool failed = std::any_of(result.checks.begin(), result.checks.end(),
                                  [](const Check& check) { return check.outcome == CheckOutcome::fail; });
  if (failed) result.state = Verification::mismatch;
  return result;
}

}  // namespace ccms::server
