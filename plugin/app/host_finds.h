#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/domain/complainant.h"
#include "core/domain/transaction.h"
#include "plugin/app/till.h"

namespace ccms::plugin::app {

/// A purchase that the host knows, and whose it is if the host knows that too.
struct KnownPurchase {
  domain::Transaction transaction;
  std::optional<domain::Customer> customer;
};

/// What the host's look-up has found.
struct HostFinds {
  std::vector<KnownPurchase> purchases;
  std::vector<domain::Customer> customers;
};

/// The purchase on the till's screen; nothing when there is none. Errors: "unavailable" when it cannot be
/// read.
domain::Result<std::optional<KnownPurchase>> current_purchase(const Till& till);

/// Asks the host's look-up; `query` is the JSON of the header. One half of the look-up that is not available
/// leaves the other, and what cannot be read is left out and logged. Errors: "unavailable".
domain::Result<HostFinds> look_up(const Till& till, const std::string& query);

}  // namespace ccms::plugin::app
