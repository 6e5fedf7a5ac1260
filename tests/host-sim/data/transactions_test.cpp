#include "host-sim/data/transactions.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "tests/support/files/files.h"
#include "tests/support/services/temp_folder.h"

namespace ccms::host_sim {
namespace {

using ::testing::HasSubstr;
using ::testing::ThrowsMessage;

std::filesystem::path scenario_file(const std::string& name) {
  return std::filesystem::path(CCMS_SOURCE_DIR) / "host-sim/scenarios" / name;
}

TransactionStore load_text(const std::string& rows) {
  const test::TempFolder folder;  // of its own: tests run beside each other
  const auto file = folder.write("sales.csv", "receipt,shop,member,at,item,text,n,sum\n" + rows);
  TransactionStore store;
  store.load_csv(file, parse_mapping(nlohmann::json::parse(R"({
    "format": "csv", "transaction_id": {"column": "receipt"}, "store": {"column": "shop", "prefix": "S"},
    "customer_id": {"column": "member"}, "at": {"column": "at", "time_zone": "America/New_York"},
    "currency": {"constant": "USD"},
    "line": {"product_id": {"column": "item"}, "description": {"column": "text"},
             "quantity": {"column": "n"}, "amount": {"column": "sum"}}})")));
  return store;
}

TEST(Transactions, gather_their_lines_though_others_stand_between) {
  const auto store = load_text(
      "R1,7,m1,2017-01-01T10:00:00,p1,Milk,1,1.99\n"
      "R2,7,m2,2017-01-01T10:01:00,p2,Bread,2,5.00\n"
      "R1,7,m1,2017-01-01T10:00:00,p3,,0,0\n");
  const auto* receipt = store.find("R1");
  ASSERT_NE(receipt, nullptr);
  EXPECT_EQ(receipt->store, "S7");
  ASSERT_EQ(receipt->lines.size(), 2U);
  EXPECT_EQ(receipt->lines[1].description, "");
  EXPECT_EQ(receipt->total(), 199);
}

TEST(Transactions, take_wall_time_of_the_zone_with_its_offset) {
  const auto store = load_text(
      "W,7,m1,2017-01-01T10:00:00,p,x,1,1\n"
      "S,7,m1,2017-07-01T10:00:00,p,x,1,1\n"
      "gap,7,m1,2017-03-12T02:30:00,p,x,1,1\n"
      "twice,7,m1,2017-11-05T01:30:00,p,x,1,1\n");
  EXPECT_EQ(to_json(*store.find("W")).at("at"), "2017-01-01T15:00:00.000Z");
  EXPECT_EQ(store.find("W")->utc_offset_minutes, -300);
  EXPECT_EQ(store.find("S")->utc_offset_minutes, -240);
  EXPECT_EQ(to_json(*store.find("gap")).at("at"), "2017-03-12T07:00:00.000Z");
  EXPECT_EQ(to_json(*store.find("twice")).at("at"), "2017-11-05T05:30:00.000Z");
}

TEST(Transactions, name_file_record_and_value_that_cannot_be_read) {
  EXPECT_THAT([] { return load_text("R1,7,m1,2017-01-01T10:00:00,p,x,1,cheap\n"); },
              ThrowsMessage<std::runtime_error>(AllOf(HasSubstr("record 2"), HasSubstr("'cheap'"))));
  EXPECT_THAT([] { return load_text("R1,7,m1,yesterday,p,x,1,1\n"); },
              ThrowsMessage<std::runtime_error>(HasSubstr("'yesterday'")));
}

TEST(Transactions, list_a_customers_receipts_newest_first) {
  const auto store = load_text(
      "old,7,m1,2017-01-01T10:00:00,p,x,1,1\n"
      "new,7,m1,2017-02-01T10:00:00,p,x,1,1\n");
  ASSERT_EQ(store.of_customer("m1").size(), 2U);
  EXPECT_EQ(store.of_customer("m1").front()->id, "new");
}

TEST(Transactions, of_two_stores_may_have_the_same_number) {
  const auto store = load_text(
      "R1,7,m1,2017-01-01T10:00:00,p1,Milk,1,1.99\n"
      "R1,8,m2,2017-01-01T10:00:00,p2,Bread,1,2.99\n");
  ASSERT_EQ(store.with_id("R1").size(), 2U);
  EXPECT_EQ(store.find("R1")->store, "S7");
  EXPECT_EQ(store.find("R1", "S8")->lines.front().description, "Bread");
  EXPECT_EQ(store.find("R1", "S9")->store, "S7");
  EXPECT_TRUE(store.with_id("R2").empty());
}

TEST(MinorUnits, round_what_has_more_decimals_than_the_currency) {
  EXPECT_EQ(minor_units("1.99", "EUR"), 199);
  EXPECT_EQ(minor_units("-19.80", "EUR"), -1980);
  EXPECT_EQ(minor_units("4.440892e-16", "EUR"), 0);
  EXPECT_EQ(minor_units("0.005", "EUR"), 1);
  EXPECT_EQ(minor_units("1980", "JPY"), 1980);
  EXPECT_EQ(minor_units("1.2345", "KWD"), 1235);
  for (const char* wrong : {"", "1,99", "12 EUR", "nan", "1e300", "--1"})
    EXPECT_THROW(minor_units(wrong, "EUR"), std::runtime_error) << wrong;
}

// The real files, odd rows included, load as they are.
TEST(RealTransactions, grocery_baskets_load_whole) {
  TransactionStore store;
  store.load_csv(test::shared_data("transactions.csv"), load_mapping(scenario_file("grocery.mapping.json")));
  std::size_t lines = 0;
  for (const auto& transaction : store.all()) lines += transaction.lines.size();
  EXPECT_EQ(lines, 20000U);
  EXPECT_EQ(store.all().size(), 9154U);
  EXPECT_EQ(store.fullest_baskets().size(), 1560U);
}

TEST(RealTransactions, online_invoices_load_whole_with_their_cancellations) {
  TransactionStore store;
  store.load_csv(test::shared_data("transactions_online_retail.csv"),
                 load_mapping(scenario_file("online-retail.mapping.json")));
  std::size_t lines = 0;
  std::size_t returns = 0;
  for (const auto& transaction : store.all()) {
    lines += transaction.lines.size();
    returns += transaction.type == "return" ? 1 : 0;
  }
  EXPECT_EQ(lines, 24136U);
  EXPECT_EQ(store.all().size(), 2303U);
  EXPECT_GT(returns, 0U);
  EXPECT_EQ(store.fullest_baskets().size(), 1504U);
}

}  // namespace
}  // namespace ccms::host_sim
