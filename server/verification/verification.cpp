#include "server/verification/verification.h"

#include <algorithm>
#include <iterator>

namespace ccms::server {
namespace {

using workflow::Verification;

Check check_policy(const domain::Transaction& booked, Instant created_at, int claim_within_days) {
  const auto age = std::chrono::floor<std::chrono::days>(created_at - booked.at);
  if (age.count() <= claim_within_days) return {"policy", CheckOutcome::pass, ""};
  return {"policy", CheckOutcome::fail,
          "bought " + std::to_string(age.count()) + " days ago, allowed are " +
              std::to_string(claim_within_days)};
}

Verification state_of(const std::vector<Check>& checks) {
  const auto any = [&](CheckOutcome outcome) {
    return std::any_of(checks.begin(), checks.end(),
                       [outcome](const Check& check) { return check.outcome == outcome; });
  };
  if (any(CheckOutcome::fail)) return Verification::mismatch;
  return any(CheckOutcome::unknown) ? Verification::unverified : Verification::verified;
}

void append(std::vector<Check>& checks, std::vector<Check> more) {
  std::move(more.begin(), more.end(), std::back_inserter(checks));
}

}  // namespace

VerificationResult verify_purchase(const domain::TicketContent& content, Instant created_at,
                                   const PurchaseEvidence& evidence, const ClaimedQuantities& claimed,
                                   int claim_within_days) {
  if (!content.transaction) return {Verification::unverified, {}};
  if (!evidence.transaction) {
    return {Verification::pending,
            {{"transaction_known", CheckOutcome::unknown, "the books do not have this receipt"}}};
  }
  const domain::Transaction& booked = *evidence.transaction;
  std::vector<Check> checks{{"transaction_known", CheckOutcome::pass, ""}};
  append(checks, compare_with_books(content, booked));
  append(checks, compare_with_claims(content, booked, evidence.returns, claimed));
  checks.push_back(check_policy(booked, created_at, claim_within_days));
  const Verification state = state_of(checks);
  return {state, std::move(checks)};
}

}  // namespace ccms::server
