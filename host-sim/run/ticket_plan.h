#pragma once

#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "host-sim/data/customers.h"
#include "host-sim/data/transactions.h"
#include "host-sim/run/scenario.h"

namespace ccms::host_sim {

/// What the server's verification should find for a ticket.
enum class PlannedVerification { kVerified, kPending, kMismatch };

/// How the chain's record of a sale is made to contradict the receipt.
enum class PlantedError { kNone, kCustomer, kAmount, kLine, kTime };

struct PlannedTicket {
  std::size_t till = 0;  ///< index into the scenario's tills
  const Transaction* transaction = nullptr;
  nlohmann::ordered_json request;  ///< create_ticket's request without the form_id
  PlannedVerification verification = PlannedVerification::kVerified;
  PlantedError error = PlantedError::kNone;  ///< when it is kMismatch
};

/// The whole run, decided before it begins: the same scenario gives the same plan.
/// The transactions must outlive the plan. Errors: std::runtime_error when there is nothing to make tickets
/// of.
std::vector<PlannedTicket> plan_tickets(const Scenario& scenario, const TransactionStore& transactions,
                                        const CustomerStore& customers);

/// Writes the chain's record of sales as CSV with the planted errors: what is kPending is missing, what is
/// kMismatch has another customer, amount, product or time, in turn.
void write_planted_ledger(const std::filesystem::path& file, const TransactionStore& transactions,
                          const std::vector<PlannedTicket>& plan);

/// The mapping that reads write_planted_ledger's file, in the format of `ledger import --mapping`.
nlohmann::ordered_json planted_ledger_mapping();

}  // namespace ccms::host_sim
