#include "host-sim/tour/counter_receipts.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "host-sim/data/transaction_mapping.h"
#include "tests/support/services/temp_folder.h"

namespace ccms::host_sim {
namespace {

using ::testing::ElementsAre;

class CounterReceipts : public ::testing::Test {
 protected:
  CounterReceipts() {
    customers_.add({"ada", "Ada", {{"mobile", "+491512345678"}}});
    customers_.add({"ben", "Ben", {{"card", "1234"}, {"mobile", "+491512345679"}}});
    customers_.add({"cleo", "Cleo", {{"email", "cleo@example.test"}}});
    customers_.add({"dan", "Dan", {{"mobile", "+491512345670"}}});
    customers_.add({"another-dan", "Dan", {{"mobile", "+491512345671"}}});
  }

  std::vector<CounterReceipt> on_the_counter(const std::string& rows, std::size_t count = 4) {
    TransactionStore sales;
    sales.load_csv(folder_.write("sales.csv", "receipt,shop,member,at,type,item,text,n,sum\n" + rows),
                   parse_mapping(nlohmann::json::parse(R"({
          "format": "csv", "transaction_id": {"column": "receipt"}, "store": {"column": "shop"},
          "customer_id": {"column": "member"}, "at": {"column": "at", "time_zone": "UTC"},
          "type": {"column": "type"}, "currency": {"constant": "EUR"},
          "line": {"product_id": {"column": "item"}, "description": {"column": "text"},
                   "quantity": {"column": "n"}, "amount": {"column": "sum"}}})")));
    return receipts_on_the_counter(sales, customers_, "S1", count);
  }

  static std::vector<std::string> ids(const std::vector<CounterReceipt>& receipts) {
    std::vector<std::string> result;
    for (const auto& receipt : receipts) result.push_back(receipt.id);
    return result;
  }

 private:
  test::TempFolder folder_;
  CustomerStore customers_;
};

TEST_F(CounterReceipts, are_the_newest_sales_one_for_each_member) {
  EXPECT_THAT(ids(on_the_counter("R1,S1,ada,2026-11-01T10:00:00,sale,p,Milk,1,1\n"
                                 "R2,S1,ada,2026-11-02T10:00:00,sale,p,Milk,1,1\n"
                                 "R4,S1,dan,2026-11-03T10:00:00,sale,p,Milk,1,1\n"
                                 "R3,S1,ben,2026-11-03T10:00:00,sale,p,Milk,1,1\n")),
              ElementsAre("R3", "R4", "R2"));
}

TEST_F(CounterReceipts, of_two_members_with_one_name_show_the_one_who_came_last) {
  EXPECT_THAT(ids(on_the_counter("R1,S1,dan,2026-11-01T10:00:00,sale,p,Milk,1,1\n"
                                 "R2,S1,another-dan,2026-11-02T10:00:00,sale,p,Milk,1,1\n")),
              ElementsAre("R2"));
}

TEST_F(CounterReceipts, are_those_of_the_store_that_are_sales_to_members_with_a_mobile) {
  EXPECT_THAT(ids(on_the_counter("R1,S2,ada,2026-11-01T10:00:00,sale,p,Milk,1,1\n"
                                 "R2,S1,ben,2026-11-02T10:00:00,return,p,Milk,-1,-1\n"
                                 "R3,S1,cleo,2026-11-03T10:00:00,sale,p,Milk,1,1\n"
                                 "R4,S1,nobody,2026-11-03T10:00:00,sale,p,Milk,1,1\n"
                                 "R5,S1,dan,2026-11-01T10:00:00,sale,p,Milk,1,1\n")),
              ElementsAre("R5"));
}

TEST_F(CounterReceipts, are_no_more_than_asked_for_and_show_the_two_dearest_items) {
  const auto receipts = on_the_counter(
      "R1,S1,ada,2026-11-01T10:00:00,sale,p,Milk,1,1\n"
      "R2,S1,ben,2026-11-02T10:00:00,sale,p,Cup,1,3.00\n"
      "R2,S1,ben,2026-11-02T10:00:00,sale,p,Kettle,1,30.00\n"
      "R2,S1,ben,2026-11-02T10:00:00,sale,p,Tea,2,4.50\n",
      1);
  ASSERT_EQ(receipts.size(), 1U);
  const auto json = to_json(receipts.front());
  EXPECT_EQ(json.at("customer"), "Ben");
  EXPECT_EQ(json.at("total"), (nlohmann::json{{"amount", 3750}, {"currency", "EUR"}}));
  EXPECT_EQ(json.at("items"), (nlohmann::json{"Kettle", "Tea"}));
  EXPECT_EQ(json.at("more_items"), 1);
}

}  // namespace
}  // namespace ccms::host_sim
