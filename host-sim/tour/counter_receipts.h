#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "host-sim/data/customers.h"
#include "host-sim/data/transactions.h"

namespace ccms::host_sim {

/// A receipt that lies on the counter for a visitor of the tour to scan.
struct CounterReceipt {
  std::string id;  ///< what its barcode says
  std::string customer;
  std::int64_t at_ms = 0;  ///< UTC, epoch milliseconds
  std::int64_t total = 0;  ///< minor units
  std::string currency;
  std::vector<std::string> items;  ///< descriptions of the two dearest lines
  std::size_t more_items = 0;      ///< lines beyond those
};

/// The newest sales of `store` to members who can be reached by text message: one per name, which is how a
/// visitor tells them apart, newest first (of equals the smaller number), at most `count`. The same files
/// give the same receipts.
std::vector<CounterReceipt> receipts_on_the_counter(const TransactionStore& transactions,
                                                    const CustomerStore& customers, std::string_view store,
                                                    std::size_t count);

/// {"id", "customer", "at_ms", "total": {"amount", "currency"}, "items": [...], "more_items"}.
nlohmann::ordered_json to_json(const CounterReceipt& receipt);

}  // namespace ccms::host_sim
