#include <gtest/gtest.h>

#include <functional>
#include <set>

#include "server/cli/commands.h"
#include "server/store/audit_log.h"
#include "tests/server/support/staff_server.h"
#include "tests/support/services/temp_folder.h"

namespace ccms::test {
namespace {

using nlohmann::json;

constexpr const char* kMapping =
    R"({"format":"csv","transaction_id":{"column":"receipt"},"store":{"constant":"S001"},
        "customer_id":{"column":"customer"},"at":{"column":"at","time_zone":"UTC"},"currency":{"constant":"EUR"},
        "customer":{"name":{"column":"name"},"mobile":{"column":"mobile"},"card":{"column":"card"}},
        "line":{"product_id":{"constant":"P1"},"description":{"constant":"Kettle"},
                "quantity":{"constant":"1"},"amount":{"constant":"9.99"}}})";

/// "Customer number" finds tickets by what a customer's numbers are now, not only by what was captured.
class CustomerNumberTest : public OnBothDatabases {
 protected:
  /// Records are "receipt,customer,at,name,mobile,card".
  void import(const std::string& records) {
    const auto csv = folder_.write("ledger.csv", "receipt,customer,at,name,mobile,card\n" + records);
    const auto mapping = folder_.write("mapping.json", kMapping);
    testing::internal::CaptureStdout();
    EXPECT_EQ(server::import_ledger(server.config(), csv, mapping), 0);
    testing::internal::GetCapturedStdout();
    const auto lease = server.database().reader();
    const auto noted = server::read_audit(*lease, {}, 1);
    ASSERT_EQ(noted.size(), 1U);
    EXPECT_EQ(noted[0].entry.action, "ledger.imported");
    EXPECT_EQ(noted[0].entry.subject_id, "ledger.csv");
  }

  std::string make(const std::string& customer, const std::string& mobile,
                   const std::function<void(json&)>& change = nullptr) {
    json request = StaffServer::ticket_request();
    request["complainant"]["mobile"] = mobile;
    if (!customer.empty()) request["customer"] = {{"id", customer}};
    if (change) change(request);
    server.clock().advance(std::chrono::minutes(1));
    return server.create_ticket(request)["ticket_id"];
  }

  json search(const std::string& number) {
    const Answer answer = server.get(server.hq(), "/api/v1/tickets?customer_number=" + number);
    EXPECT_EQ(answer.status, 200) << answer.response.body;
    return answer.json;
  }

  std::set<std::string> found(const std::string& number) {
    std::set<std::string> ids;
    const json answer = search(number);
    for (const json& row : answer["tickets"]) ids.insert(row["ticket_id"]);
    return ids;
  }

  using Ids = std::set<std::string>;

 private:
  TempFolder folder_;
};

TEST_P(CustomerNumberTest, ATicketIsFoundByTheNumbersItsCustomerHasNow) {
  import("R1,C1,2026-01-01 10:00,Anna,0151 11111111,9900-1\n");
  const std::string ticket = make("C1", "0151 11111111");
  import("R2,C1,2026-06-01 10:00,Anna,+49 (0)151 222 22222,9900-2\n");
  for (const char* present : {"0151%2022222222", "%2B4915122222222", "004915122222222", "2222222", "99002"})
    EXPECT_EQ(found(present), Ids{ticket}) << present;
  EXPECT_EQ(found("015111111111"), Ids{ticket}) << "as captured";
  EXPECT_EQ(found("99001"), Ids{}) << "a card that was never captured and is the customer's no more";
}

TEST_P(CustomerNumberTest, AChangedNumberEndsTheFormerOneAtThatTimeInWhateverOrderFilesCome) {
  import("R2,C1,2026-06-01 10:00,Anna,0151 22222222,9900-1\n");
  import("R1,C1,2026-01-01 10:00,Anna,0151 11111111,9900-1\n");
  const auto times = [&](const char* column, const std::string& number) {
    return server.count(std::string("SELECT COALESCE(") + column +
                            ", -1) AS n FROM customer_identifiers WHERE type = 'mobile' AND number = ?",
                        {number});
  };
  const std::int64_t january = 1'767'261'600'000, june = 1'780'308'000'000;
  EXPECT_EQ(times("valid_from_at", "+4915111111111"), january);
  EXPECT_EQ(times("valid_to_at", "+4915111111111"), june);
  EXPECT_EQ(times("valid_from_at", "+4915122222222"), june);
  EXPECT_EQ(times("valid_to_at", "+4915122222222"), -1);
  EXPECT_EQ(server.count("SELECT COUNT(*) AS n FROM customer_identifiers WHERE type = 'card'"), 1);
  EXPECT_EQ(times("valid_from_at", "+4915122222222"), june) << "and the same file again changes nothing";
}

TEST_P(CustomerNumberTest, WhatATicketSaysOfItsCustomerIsKnownFromThenOn) {
  const auto with_card = [](json& r) {
    r["customer"]["identifiers"] = {{{"type", "card"}, {"value", "9900 77"}},
                                    {{"type", "mobile"}, {"value", "0151 33333333"}}};
  };
  const std::string before = make("C1", "0151 11111111");
  EXPECT_EQ(found("990077"), Ids{});
  const std::string after = make("C1", "0151 11111111", with_card);
  EXPECT_EQ(found("990077"), (Ids{before, after}));
  EXPECT_EQ(found("015133333333"), (Ids{before, after}));
}

TEST_P(CustomerNumberTest, APurchaseTellsWhoseTicketItIs) {
  import("R1,C1,2026-11-01 10:00,Anna,0151 11111111,9900-1\n");
  const std::string ticket = make("", "0151 99999999", [](json& r) {
    r["proof"] = {{"kind", "looked_up"}};
    r["transaction"] = {{"id", "R1"},
                        {"store", "S001"},
                        {"type", "sale"},
                        {"at", "2026-11-01T10:00:00.000Z"},
                        {"utc_offset_minutes", 0},
                        {"total", {{"amount", 999}, {"currency", "EUR"}}},
                        {"lines", json::array({{{"line", 1},
                                                {"product_id", "P1"},
                                                {"description", "Kettle"},
                                                {"quantity", "1"},
                                                {"amount", {{"amount", 999}, {"currency", "EUR"}}}}})}};
  });
  ASSERT_EQ(server.text("SELECT verification FROM tickets"), "verified");
  EXPECT_EQ(found("015111111111"), Ids{ticket});
}

TEST_P(CustomerNumberTest, ANumberOfTwoHouseholdsListsBothMasked) {
  import(
      "R1,C1,2026-01-01 10:00,Anna Adler,0151 55555555,9900-1\n"
      "R2,C2,2026-01-01 10:00,Berta Busch,0151 55555555,9900-2\n");
  const std::string first = make("C1", "0151 11111111");
  const std::string again = make("C1", "0151 11111112");
  const std::string second = make("C2", "0151 22222222");
  EXPECT_EQ(found("015155555555"), (Ids{first, again, second}));
  const json matches = search("015155555555")["matches"];
  ASSERT_EQ(matches.size(), 2U) << "one entry a customer, however many tickets: " << matches;
  for (const json& match : matches) {
    EXPECT_EQ(match.dump().find("Adler"), std::string::npos);
    EXPECT_EQ(match.dump().find("Busch"), std::string::npos);
    EXPECT_EQ(match.dump().find("5555555"), std::string::npos);
    EXPECT_NE(match["mobile"].get<std::string>().find("5555"), std::string::npos) << match;
  }
  EXPECT_FALSE(search("99001").contains("matches")) << "one customer is no choice";
}

INSTANTIATE_TEST_SUITE_P(Databases, CustomerNumberTest, testing::Values(Backend::sqlite, Backend::mariadb),
                         backend_name);

}  // namespace
}  // namespace ccms::test
