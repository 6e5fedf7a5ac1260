#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "core/domain/enum_text.h"
#include "core/domain/ticket.h"
#include "core/workflow/workflow.h"
#include "server/app/clock.h"
#include "server/ledger/customer_directory.h"

namespace ccms::server {

enum class CheckOutcome { pass, fail, unknown };

/// One question that was asked of the books, and the answer.
struct Check {
  std::string check;  ///< transaction_known, customer, lines, total, not_returned, not_claimed, policy
  CheckOutcome outcome = CheckOutcome::unknown;
  std::string detail;

  bool operator==(const Check&) const = default;
};

struct VerificationResult {
  workflow::Verification state = workflow::Verification::unverified;
  std::vector<Check> checks;

  bool operator==(const VerificationResult&) const = default;
};

/// Quantities, in millionths, that other open tickets complain about, by product id.
using ClaimedQuantities = std::map<std::string, std::int64_t>;

/// The automatic half of verification: a pure function. Without a transaction a ticket is unverified, never
/// false. A looked-up transaction that the books do not have is pending: they may simply be behind. One
/// failed check makes a mismatch; what cannot be known does not.
VerificationResult verify_purchase(const domain::TicketContent& content, Instant created_at,
                                   const PurchaseEvidence& evidence, const ClaimedQuantities& claimed,
                                   int claim_within_days);

}  // namespace ccms::server

template <>
inline constexpr std::array ccms::domain::kEnumNames<ccms::server::CheckOutcome> = {
    ccms::domain::EnumName<ccms::server::CheckOutcome>{ccms::server::CheckOutcome::pass, "pass"},
    ccms::domain::EnumName<ccms::server::CheckOutcome>{ccms::server::CheckOutcome::fail, "fail"},
    ccms::domain::EnumName<ccms::server::CheckOutcome>{ccms::server::CheckOutcome::unknown, "unknown"},
};
