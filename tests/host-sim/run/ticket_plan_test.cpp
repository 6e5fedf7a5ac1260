#include "host-sim/run/ticket_plan.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <set>

#include "tests/support/services/temp_folder.h"

namespace ccms::host_sim {
namespace {

class Plan : public ::testing::Test {
 protected:
  Plan() {
    scenario_.seed = 42;
    scenario_.tills = {{"S1", "S1-T1", {}, {}}, {"S2", "S2-T1", {}, {}}};
    scenario_.texts = {"first text", "second text"};
    scenario_.ticket_template = {{"category", "defective"}};
    std::string rows = "receipt,shop,member,at,item,text,n,sum\n";
    for (int i = 0; i < kReceipts; ++i)
      rows +=
          "R" + std::to_string(i) + ",S1,m" + std::to_string(i) + ",2026-01-01T10:00:00,p,Kettle,1,19.99\n";
    nlohmann::json mapping = planted_ledger_mapping();
    mapping["transaction_id"] = {{"column", "receipt"}};
    mapping["store"] = {{"column", "shop"}};
    mapping["customer_id"] = {{"column", "member"}};
    mapping["type"] = {{"constant", "sale"}};
    mapping.erase("original");
    mapping["currency"] = {{"constant", "EUR"}};
    mapping["line"] = {{"product_id", {{"column", "item"}}},
                       {"description", {{"column", "text"}}},
                       {"quantity", {{"column", "n"}}},
                       {"amount", {{"column", "sum"}}}};
    transactions_.load_csv(folder_.write("t.csv", rows), parse_mapping(mapping));
  }

  std::vector<PlannedTicket> plan() const { return plan_tickets(scenario_, transactions_, customers_); }
  static std::size_t count(const std::vector<PlannedTicket>& plan, PlannedVerification verification) {
    return static_cast<std::size_t>(std::count_if(
        plan.begin(), plan.end(), [&](const auto& t) { return t.verification == verification; }));
  }

  static constexpr int kReceipts = 200;
  test::TempFolder folder_;
  Scenario scenario_;
  TransactionStore transactions_;
  CustomerStore customers_;
};

TEST_F(Plan, gives_each_customer_one_ticket_and_each_till_its_share) {
  const auto tickets = plan();
  EXPECT_EQ(tickets.size(), std::size_t{kReceipts});
  EXPECT_EQ(std::count_if(tickets.begin(), tickets.end(), [](const auto& t) { return t.till == 0; }),
            kReceipts / 2);
  EXPECT_EQ(tickets[1].request.at("ticket").at("details"), "second text");
  EXPECT_EQ(tickets[1].request.at("ticket").at("category"), "defective");
}

TEST_F(Plan, is_the_same_for_the_same_seed) {
  scenario_.ledger = PlantedLedger{{}, 0.05, 0.02};
  const auto first = plan();
  const auto second = plan();
  for (std::size_t i = 0; i < first.size(); ++i) {
    EXPECT_EQ(first[i].verification, second[i].verification);
    EXPECT_EQ(first[i].request, second[i].request);
  }
}

TEST_F(Plan, plants_the_shares_that_were_asked_for) {
  scenario_.ledger = PlantedLedger{{}, 0.05, 0.02};
  const auto tickets = plan();
  EXPECT_EQ(count(tickets, PlannedVerification::kPending), 10U);
  EXPECT_EQ(count(tickets, PlannedVerification::kMismatch), 4U);
}

TEST_F(Plan, writes_a_ledger_without_what_is_withheld_and_with_what_is_altered) {
  scenario_.ledger = PlantedLedger{folder_.path() / "ledger.csv", 0.05, 0.02};
  const auto tickets = plan();
  write_planted_ledger(scenario_.ledger->file, transactions_, tickets);
  TransactionStore ledger;
  ledger.load_csv(scenario_.ledger->file, parse_mapping(nlohmann::json(planted_ledger_mapping())));
  EXPECT_EQ(ledger.all().size(), std::size_t{kReceipts - 10});
  for (const auto& ticket : tickets) {
    const auto* recorded = ledger.find(ticket.transaction->id);
    EXPECT_EQ(recorded == nullptr, ticket.verification == PlannedVerification::kPending);
    if (recorded == nullptr) continue;
    const auto& sold = *ticket.transaction;
    EXPECT_EQ(recorded->customer_id != sold.customer_id, ticket.error == PlantedError::kCustomer);
    EXPECT_EQ(recorded->total() != sold.total(), ticket.error == PlantedError::kAmount);
    EXPECT_EQ(recorded->lines[0].product_id != sold.lines[0].product_id, ticket.error == PlantedError::kLine);
    EXPECT_EQ(recorded->at_ms != sold.at_ms, ticket.error == PlantedError::kTime);
    EXPECT_EQ(ticket.verification == PlannedVerification::kMismatch, ticket.error != PlantedError::kNone);
  }
}

TEST_F(Plan, plants_each_kind_of_error) {
  scenario_.ledger = PlantedLedger{{}, 0.05, 0.02};
  std::set<PlantedError> planted;
  for (const auto& ticket : plan())
    if (ticket.verification == PlannedVerification::kMismatch) planted.insert(ticket.error);
  EXPECT_EQ(planted.size(), 4U);
}

TEST_F(Plan, refuses_more_tickets_than_there_are_receipts) {
  scenario_.tickets = kReceipts + 1;
  EXPECT_THROW(plan(), std::runtime_error);
}

}  // namespace
}  // namespace ccms::host_sim
