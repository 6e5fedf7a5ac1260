#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "core/domain/ticket.h"
#include "server/ledger/customer_directory.h"
#include "server/verification/check.h"

namespace ccms::server {

/// How far the time on a looked-up receipt may be from the books': registers close a receipt some minutes
/// after they print it. A receipt that somebody typed names the day at best, and the day is what is compared.
inline constexpr std::chrono::minutes kReceiptTimeTolerance{15};

/// Compares what a ticket says of a purchase with what the books say of it: type, time, till, customer, lines
/// and total. What the ticket does not claim is not looked at, but for the lines: without any there is
/// nothing to complain about, and they are unknown. Needs content.transaction.
std::vector<Check> compare_with_books(const domain::TicketContent& content,
                                      const domain::Transaction& booked);

/// Quantities in millionths, by product id.
using ProductQuantities = std::map<std::string, std::int64_t>;

/// Whether what is complained about is still the customer's: neither given back before nor claimed by
/// another open ticket. Needs content.transaction.
std::vector<Check> compare_with_claims(const domain::TicketContent& content,
                                       const domain::Transaction& booked,
                                       const std::vector<domain::Transaction>& returns,
                                       const ProductQuantities& claimed);

}  // namespace ccms::server
