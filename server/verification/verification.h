#pragma once

#include <vector>

#include "core/domain/ticket.h"
#include "core/workflow/workflow.h"
#include "server/app/clock.h"
#include "server/ledger/customer_directory.h"
#include "server/verification/check.h"
#include "server/verification/purchase_comparison.h"

namespace ccms::server {

struct VerificationResult {
  workflow::Verification state = workflow::Verification::unverified;
  std::vector<Check> checks;

  bool operator==(const VerificationResult&) const = default;
};

/// Quantities, in millionths, that other open tickets complain about, by product id.
using ClaimedQuantities = ProductQuantities;

/// The automatic half of verification: a pure function. Without a transaction a ticket is unverified, never
/// false. A transaction that the books do not have is pending: they may simply be behind. One failed check
/// makes a mismatch; verified is only what passed every check, so that what could not be checked stays
/// unverified, for a person to look at.
VerificationResult verify_purchase(const domain::TicketContent& content, Instant created_at,
                                   const PurchaseEvidence& evidence, const ClaimedQuantities& claimed,
                                   int claim_within_days);

}  // namespace ccms::server
