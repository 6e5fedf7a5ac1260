// The till's reader and the ledger's are two programs' own; one mapping must mean the same to both, or honest
// purchases would not verify.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <string>
#include <tuple>
#include <vector>

#include "core/tz/tz.h"
#include "core/wire/csv_mapping.h"
#include "host-sim/data/transactions.h"
#include "tests/support/files/files.h"
#include "tests/support/services/temp_folder.h"

namespace ccms::host_sim {
namespace {

using Line = std::tuple<std::string, std::string, std::string, std::int64_t, std::string>;

/// A receipt in words that both readers have.
struct Receipt {
  std::string id, store, customer, type, original;
  std::int64_t at_ms = 0;
  int utc_offset_minutes = 0;
  std::vector<Line> lines;

  bool operator==(const Receipt&) const = default;
};

void PrintTo(const Receipt& receipt, std::ostream* out) {
  *out << receipt.store << '/' << receipt.id << ' ' << receipt.type << " of " << receipt.customer
       << ", original '" << receipt.original << "', at " << receipt.at_ms << ", " << receipt.lines.size()
       << " lines";
}

std::vector<Receipt> read_by_ledger(const std::string& csv, const std::string& mapping) {
  const auto parsed_mapping = wire::parse_csv_mapping(mapping);
  EXPECT_TRUE(parsed_mapping);
  const auto parsed = wire::parse_csv_transactions(csv, *parsed_mapping, tz::earliest);
  EXPECT_TRUE(parsed) << parsed.errors.front().field << ": " << parsed.errors.front().message;
  std::vector<Receipt> receipts;
  for (const auto& each : *parsed) {
    Receipt receipt{each.id,
                    each.store.str(),
                    each.customer_id ? each.customer_id->str() : "",
                    std::string(domain::to_text(each.type)),
                    each.original.value_or(""),
                    domain::to_epoch_ms(each.at),
                    each.utc_offset_minutes,
                    {}};
    for (const auto& line : each.lines)
      receipt.lines.emplace_back(line.product_id, line.description, line.quantity.str(), line.amount.amount,
                                 line.amount.currency);
    receipts.push_back(std::move(receipt));
  }
  return receipts;
}

std::vector<Receipt> read_by_till(const std::filesystem::path& csv, const std::string& mapping) {
  TransactionStore store;
  store.load_csv(csv, parse_mapping(nlohmann::json::parse(mapping)));
  std::vector<Receipt> receipts;
  for (const auto& each : store.all()) {
    Receipt receipt{each.id,       each.store, each.customer_id,        each.type,
                    each.original, each.at_ms, each.utc_offset_minutes, {}};
    for (const auto& line : each.lines)
      receipt.lines.emplace_back(line.product_id, line.description, line.quantity, line.amount,
                                 each.currency);
    receipts.push_back(std::move(receipt));
  }
  return receipts;
}

void expect_same_reading(const std::filesystem::path& csv, const std::string& mapping) {
  const auto ledger = read_by_ledger(test::read_file(csv), mapping);
  const auto till = read_by_till(csv, mapping);
  ASSERT_EQ(till.size(), ledger.size());
  for (std::size_t i = 0; i < till.size(); ++i) ASSERT_EQ(till[i], ledger[i]);
}

TEST(SameReading, of_every_odd_thing_that_a_mapping_can_say) {
  const test::TempFolder folder;
  const auto csv = folder.write("sales.csv",
                                "receipt,shop,member,at,kind,of,money,item,text,n,sum\n"
                                "R1,7,m1,2017-03-12T02:30:00,s,,EUR,p1,Milk,1,1.999\n"
                                "R1,8,,2017-11-05 01:30,s,,JPY,p2,Rice,2,1980\n"
                                "R1,7,m1,2017-03-12T02:30:00,s,,EUR,p3,\"Eggs, big\",29945,4.4e-16\n"
                                "R2,7,m1,2017-07-01 10:00:00,r,R1,KWD,p1,Milk,-1,-1.2345\n"
                                "R3,8,m2,2017-07-02 10:00,x,,EUR,p1,,0,0\n");
  expect_same_reading(csv, R"({
    "format": "csv", "transaction_id": {"column": "receipt"}, "store": {"column": "shop", "prefix": "S"},
    "customer_id": {"column": "member", "prefix": "M-"},
    "at": {"column": "at", "time_zone": "America/New_York"},
    "type": {"column": "kind", "map": {"r": "return", "x": "exchange"}, "default": "sale"},
    "original": {"column": "of"}, "currency": {"column": "money"},
    "line": {"product_id": {"column": "item"}, "description": {"column": "text"},
             "quantity": {"column": "n"}, "amount": {"column": "sum"}}})");
}

TEST(SameReading, of_the_real_files) {
  for (const auto& [csv, mapping] : {std::pair{"transactions.csv", "grocery.mapping.json"},
                                     {"transactions_online_retail.csv", "online-retail.mapping.json"}})
    expect_same_reading(test::shared_data(csv),
                        test::read_file(CCMS_SOURCE_DIR "/host-sim/scenarios/" + std::string(mapping)));
}

/// The example that docs/host-sim.md gives, word for word.
std::string documented_mapping() {
  const auto page = test::read_file(CCMS_SOURCE_DIR "/docs/host-sim.md");
  const auto begin = page.find("{", page.find("serve `ccms-server ledger import`"));
  return page.substr(begin, page.find("```", begin) - begin);
}

TEST(SameReading, of_the_documented_example) {
  expect_same_reading(test::shared_data("transactions_online_retail.csv"), documented_mapping());
}

}  // namespace
}  // namespace ccms::host_sim
