#include "core/wire/csv_mapping.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <set>

#include "core/tz/tz.h"
#include "core/wire/csv.h"
#include "tests/support/files/files.h"

namespace ccms::wire {
namespace {

constexpr std::string_view kGrocery =
    R"({"format":"csv","transaction_id":{"column":"basket_id"},"store":{"column":"store_id","prefix":"S"},
        "customer_id":{"column":"household_id"},"at":{"column":"timestamp","time_zone":"America/New_York"},
        "currency":{"constant":"USD"},
        "line":{"product_id":{"column":"product_id"},"description":{"column":"product_description"},
                "quantity":{"column":"quantity"},"amount":{"column":"amount"}}})";

constexpr std::string_view kOnline =
    R"({"format":"csv","transaction_id":{"column":"invoice_no"},"store":{"constant":"WEB"},
        "customer_id":{"column":"customer_id"},"at":{"column":"timestamp","time_zone":"Europe/London"},
        "type":{"column":"is_cancellation","map":{"1":"return"},"default":"sale"},"currency":{"constant":"GBP"},
        "line":{"product_id":{"column":"stock_code"},"description":{"column":"product_description"},
                "quantity":{"column":"quantity"},"amount":{"column":"amount"}}})";

constexpr std::string_view kHeader =
    "household_id,store_id,basket_id,timestamp,product_id,product_description,quantity,amount\n";

auto parse(const std::string& records) {
  return parse_csv_transactions(std::string(kHeader) + records, *parse_csv_mapping(kGrocery), tz::earliest);
}

std::string first_problem(const std::string& records) {
  const auto parsed = parse(records);
  return parsed ? "ok" : parsed.errors.front().field;
}

TEST(Csv, QuotesLineBreaksAndEmptyCellsAreRead) {
  CsvReader reader(
      "\xEF\xBB\xBF"
      "a,\"b,\"\"c\"\"\",\r\n\r\n\"two\nlines\",,x");
  EXPECT_EQ(reader.next(), (std::vector<std::string>{"a", "b,\"c\"", ""}));
  EXPECT_EQ(reader.next(), (std::vector<std::string>{"two\nlines", "", "x"}));
  EXPECT_FALSE(reader.next());
  EXPECT_FALSE(reader.damaged());
  CsvReader open("a,\"b");
  EXPECT_FALSE(open.next());
  EXPECT_TRUE(open.damaged());
}

TEST(CsvMapping, NamesWhatIsWrong) {
  const auto problem = [](const std::string& pointer, const nlohmann::ordered_json& value) {
    auto json = nlohmann::ordered_json::parse(kGrocery);
    json[nlohmann::ordered_json::json_pointer(pointer)] = value;
    const auto parsed = parse_csv_mapping(json.dump());
    return parsed ? "ok" : parsed.errors.front().code + " " + parsed.errors.front().field;
  };
  EXPECT_EQ(problem("/format", "xml"), "bad_value /format");
  EXPECT_EQ(problem("/store", nlohmann::ordered_json::object()), "bad_value /store");
  EXPECT_EQ(problem("/store/constant", "S1"), "bad_value /store");
  EXPECT_EQ(problem("/at/time_zone", 1), "wrong_type /at/time_zone");
  EXPECT_EQ(problem("/line/quantity/colum", "x"), "unknown_field /line/quantity/colum");
  EXPECT_EQ(problem("/line", 1), "wrong_type /line");
}

TEST(CsvTransactions, LinesOfOneTransactionNeedNotStandTogether) {
  const auto parsed = parse(
      "h1,1,b1,2017-03-12T02:30:00,p1,Milk,1,1.99\n"
      "h2,2,b1,2017-07-01 10:00,p2,,0.5,-0.01\n"
      "h1,1,b1,2017-03-12T02:30:00,p3,\"Eggs, big\",29945,4.440892e-16\n");
  ASSERT_TRUE(parsed) << parsed.errors.front().message;
  ASSERT_EQ(parsed->size(), 2U);
  const domain::Transaction& first = parsed->front();
  EXPECT_EQ(first.id, "b1");
  EXPECT_EQ(first.store, domain::StoreId("S1"));
  EXPECT_EQ(first.customer_id, domain::CustomerId("h1"));
  EXPECT_EQ(domain::format_rfc3339(first.at), "2017-03-12T07:00:00.000Z");
  EXPECT_EQ(first.utc_offset_minutes, -240);
  ASSERT_EQ(first.lines.size(), 2U);
  EXPECT_EQ(first.lines[1].line, 2);
  EXPECT_EQ(first.lines[1].description, "Eggs, big");
  EXPECT_EQ(first.lines[1].amount, (domain::Money{0, "USD"}));
  EXPECT_EQ(first.total, (domain::Money{199, "USD"}));
  EXPECT_EQ((*parsed)[1].lines[0].amount, (domain::Money{-1, "USD"}));
}

TEST(CsvCustomers, AreToldOnceForEachChangeInTheirOrder) {
  auto json = nlohmann::ordered_json::parse(kGrocery);
  json["customer"] = {{"name", {{"column", "name"}}}, {"mobile", {{"column", "mobile"}}}};
  const auto mapping = parse_csv_mapping(json.dump());
  ASSERT_TRUE(mapping) << mapping.errors.front().field;
  const auto parsed = parse_csv_customers(
      "household_id,store_id,basket_id,timestamp,name,mobile\n"
      "h1,1,b3,2017-03-03 10:00,Anna,333\n"
      "h1,1,b1,2017-03-01 10:00,Anna,111\n"
      "h1,2,b2,2017-03-02 10:00,Anna,111\n"
      ",1,b4,2017-03-02 10:00,Nobody,444\n"
      "h2,1,b5,2017-03-02 10:00,,\n",
      *mapping, tz::earliest);
  ASSERT_TRUE(parsed) << parsed.errors.front().message;
  ASSERT_EQ(parsed->size(), 3U);
  const domain::Customer& first = (*parsed)[0].customer;
  EXPECT_EQ(first.id, domain::CustomerId("h1"));
  EXPECT_EQ(first.name, "Anna");
  EXPECT_EQ(first.identifiers,
            (std::vector<domain::CustomerIdentifier>{{domain::IdentifierType::mobile, "111"}}));
  EXPECT_EQ(domain::format_rfc3339((*parsed)[0].at), "2017-03-01T15:00:00.000Z");
  EXPECT_EQ((*parsed)[0].store, domain::StoreId("S1"));
  EXPECT_EQ((*parsed)[1].customer.identifiers.front().value, "333");
  EXPECT_TRUE((*parsed)[2].customer.identifiers.empty());
  EXPECT_FALSE((*parsed)[2].customer.name);
  EXPECT_TRUE(parse_csv_customers("not,read\n", *parse_csv_mapping(kGrocery), tz::earliest)->empty());
}

TEST(CsvTransactions, BlanksAroundAReceiptNumberAreNoPartOfIt) {
  const auto parsed = parse(
      "h,1, b ,2017-01-01T10:47:31,p,d,1,1.99\n"
      "h,1,b,2017-01-01T10:47:31,q,d,1,1.99\n");
  ASSERT_TRUE(parsed);
  ASSERT_EQ(parsed->size(), 1U);
  EXPECT_EQ(parsed->front().id, "b");
  EXPECT_EQ(parsed->front().lines.size(), 2U);
  EXPECT_EQ(first_problem("h,1,  ,2017-01-01T10:47:31,p,d,1,1.99\n"), "record 2");
}

TEST(CsvTransactions, ABadRecordIsNamedAndNothingIsTaken) {
  EXPECT_EQ(first_problem("h,1,b,2017-01-01T10:47:31,p,d,1,1.99\n"), "ok");
  EXPECT_EQ(first_problem("h,1,b,2017-01-01T10:47:31,p,d,1,1.99\nh,1,b,2017-01-01T10:47:31,p,d,one,1\n"),
            "record 3");
  for (const char* record :
       {"h,1,b,2017-01-01T10:47:31,p,d,1", "h,1,b,yesterday,p,d,1,1", "h,1,b,2017-02-30T10:47:31,p,d,1,1",
        "h,/,b,2017-01-01T10:47:31,p,d,1,1", "h,1,,2017-01-01T10:47:31,p,d,1,1",
        "h,1,b,2017-01-01T10:47:31,,d,1,1", "h,1,b,2017-01-01T10:47:31,p,d,1,1 EUR",
        "h,1,b,2017-01-01T10:47:31,p,d,1,nan", "h,1,b,2017-01-01T10:47:31,p,d,1,1e300"}) {
    EXPECT_EQ(first_problem(record), "record 2") << record;
  }
  EXPECT_EQ(parse("\xFF").errors.front().code, "invalid_utf8");
  EXPECT_FALSE(parse_csv_transactions("", *parse_csv_mapping(kGrocery), tz::earliest));
  EXPECT_EQ(
      parse_csv_transactions("a,b\n1,2\n", *parse_csv_mapping(kGrocery), tz::earliest).errors.front().field,
      "record 1");
}

TEST(CsvTransactions, TheSharedFilesAreReadWhole) {
  const auto read = [](const std::string& name, std::string_view mapping) {
    return parse_csv_transactions(test::read_file(test::shared_data(name)), *parse_csv_mapping(mapping),
                                  tz::earliest);
  };
  const auto grocery = read("transactions.csv", kGrocery);
  ASSERT_TRUE(grocery) << grocery.errors.front().field << grocery.errors.front().message;
  std::size_t lines = 0;
  for (const auto& transaction : *grocery) lines += transaction.lines.size();
  EXPECT_EQ(lines, 20'000U);

  const auto online = read("transactions_online_retail.csv", kOnline);
  ASSERT_TRUE(online) << online.errors.front().field << online.errors.front().message;
  std::set<domain::TransactionType> types;
  for (const auto& transaction : *online) {
    types.insert(transaction.type);
    EXPECT_EQ(transaction.type == domain::TransactionType::return_, transaction.id.front() == 'C')
        << transaction.id;
  }
  EXPECT_EQ(types.size(), 2U);
}

}  // namespace
}  // namespace ccms::wire
