#include <gtest/gtest.h>

#include "tests/server/support/staff_server.h"

namespace ccms::test {
namespace {

using nlohmann::json;

class TicketsTest : public OnBothDatabases {
 protected:
  Answer create(const json& request, const std::string& key = "k1") {
    return server.post(server.hq(), "/api/v1/tickets", request, {{"Idempotency-Key", key}});
  }
};

TEST_P(TicketsTest, ANewTicketIsRoutedAndCanBeRead) {
  const Answer made = create(StaffServer::ticket_request());
  ASSERT_EQ(made.status, 201) << made.response.body;
  const json& ticket = made.json["ticket"];
  EXPECT_EQ(ticket["department"], "repairs");
  EXPECT_EQ(ticket["state"]["id"], "open");
  EXPECT_EQ(ticket["state"]["label"]["de"], "Offen");
  EXPECT_EQ(ticket["channel"], "console");
  EXPECT_EQ(ticket["verification"]["state"], "unverified");
  EXPECT_EQ(made.header("Location"), "/api/v1/tickets/" + ticket["ticket_id"].get<std::string>());

  const Answer read = server.get(server.hq(), made.header("Location"));
  EXPECT_EQ(read.json["ticket"], ticket);
  EXPECT_EQ(read.header("ETag"), made.header("ETag"));
}

TEST_P(TicketsTest, ACodeInAnySpellingFindsTheTicket) {
  const json ticket = server.create_ticket(StaffServer::ticket_request());
  const std::string code = ticket["code"];
  std::string spelt = code;
  for (char& symbol : spelt) {
    if (symbol == '0') symbol = 'o';
    if (symbol == '1') symbol = 'l';
  }
  spelt.insert(8, "%20").insert(4, "-");
  EXPECT_EQ(server.get(server.hq(), "/api/v1/tickets/" + spelt).json["ticket"]["ticket_id"],
            ticket["ticket_id"]);
}

TEST_P(TicketsTest, TheHistoryTellsWhoDidWhatInOrder) {
  const json ticket = server.create_ticket(StaffServer::ticket_request());
  const Answer history =
      server.get(server.hq(), "/api/v1/tickets/" + ticket["ticket_id"].get<std::string>() + "/history");
  ASSERT_EQ(history.status, 200);
  ASSERT_FALSE(history.json["events"].empty());
  EXPECT_EQ(history.json["events"][0]["type"], "created");
  EXPECT_EQ(history.json["events"][0]["actor"]["name"], "Name of hq");
}

TEST_P(TicketsTest, BadInputNamesTheField) {
  struct Case {
    const char* pointer;
    json value;
    const char* field;
  };
  const Case cases[] = {
      {"/kind", "riot", "/kind"},
      {"/store", "S999", "/store"},
      {"/ticket/category", "nonsense", "/ticket/category"},
      {"/ticket/details", 5, "/ticket/details"},
      {"/ticket/detail", "misspelt", "/ticket/detail"},
      {"/ticket/custom/serial_number", std::string(41, 'x'), "/ticket/custom/serial_number"},
      {"/complainant/kind", "martian", "/complainant/kind"},
      {"/clerk", {{"id", "c1"}, {"name", "Mia"}}, "/clerk"},
      {"/proof/reason", "because", "/proof/reason"},
  };
  int key = 0;
  for (const Case& test : cases) {
    json request = StaffServer::ticket_request();
    request[json::json_pointer(test.pointer)] = test.value;
    const Answer answer = create(request, "bad" + std::to_string(++key));
    EXPECT_EQ(answer.status, 422) << test.pointer;
    EXPECT_EQ(answer.field(), test.field) << answer.response.body;
  }
}

TEST_P(TicketsTest, ATicketThatFitsNoColumnIsRefusedAndNotBroken) {
  json request = StaffServer::ticket_request();
  std::string details;
  for (int i = 0; i < 16'000; ++i) details += "\xF0\x9F\x98\x80";
  request["ticket"]["details"] = details;
  request["complainant"]["name"] = std::string(120, 'n');
  json line = {{"line", 1},
               {"product_id", "p1"},
               {"description", std::string(200, 'd')},
               {"quantity", "1"},
               {"amount", {{"amount", 4999}, {"currency", "EUR"}}}};
  request["proof"] = {{"kind", "typed"}};
  request["transaction"] = {{"id", "R-1"},
                            {"type", "sale"},
                            {"store", "S001"},
                            {"at", "2026-11-20T10:00:00.000Z"},
                            {"utc_offset_minutes", 60},
                            {"lines", json::array({line, line, line, line, line, line})}};
  const Answer answer = create(request, "large");
  EXPECT_EQ(answer.status, 422) << answer.response.body;
  EXPECT_EQ(answer.code(), "too_long");
}

TEST_P(TicketsTest, AManagerReportsAtTheirOwnStoreAlone) {
  const auto report = [&](const Caller& caller, const char* store, const char* key) {
    json request = StaffServer::ticket_request();
    request["store"] = store;
    return server.post(caller, "/api/v1/tickets", request, {{"Idempotency-Key", key}});
  };
  EXPECT_EQ(report(server.manager_of("S001"), "S001", "own").status, 201);
  EXPECT_EQ(report(server.manager_of("S001"), "S002", "other").field(), "/store");
  EXPECT_EQ(report(server.sign_in_as("nobody", {}), "S001", "none").status, 403);
  EXPECT_EQ(report(server.staff_of("repairs"), "S002", "department").status, 201);
}

TEST_P(TicketsTest, AnOpenTicketOnTheSamePurchaseIsSuspectedUnlessAccepted) {
  json request = StaffServer::ticket_request();
  request["proof"] = {{"kind", "typed"}};
  request["transaction"] = {{"id", "R-1"},
                            {"type", "sale"},
                            {"store", "S001"},
                            {"at", "2026-11-20T10:00:00.000Z"},
                            {"utc_offset_minutes", 60},
                            {"lines",
                             {{{"line", 1},
                               {"product_id", "p1"},
                               {"description", "Drill"},
                               {"quantity", "1"},
                               {"amount", {{"amount", 4999}, {"currency", "EUR"}}},
                               {"affected_quantity", "1"}}}}};
  const json first = server.create_ticket(request);
  const Answer second = create(request, "second");
  EXPECT_EQ(second.status, 409);
  EXPECT_EQ(second.code(), "duplicate_suspected");
  EXPECT_EQ(second.field(), "/transaction");
  EXPECT_NE(second.json["detail"].get<std::string>().find(first["code"].get<std::string>().substr(0, 4)),
            std::string::npos);
  request["accept_duplicate"] = true;
  EXPECT_EQ(create(request, "third").status, 201);
}

TEST_P(TicketsTest, ADuplicateThatIsConfidentialIsNotGivenAway) {
  json request = StaffServer::ticket_request();
  request["proof"] = {{"kind", "typed"}};
  request["transaction"] = {{"id", "R-1"},
                            {"type", "sale"},
                            {"store", "S001"},
                            {"at", "2026-11-20T10:00:00.000Z"},
                            {"utc_offset_minutes", 60},
                            {"lines", json::array()}};
  request["ticket"]["confidential"] = true;
  server.create_ticket(request);
  request["ticket"]["confidential"] = false;
  EXPECT_EQ(create(request, "hq").code(), "duplicate_suspected") << "who sees it is told";
  EXPECT_EQ(
      server.post(server.manager_of("S001"), "/api/v1/tickets", request, {{"Idempotency-Key", "m"}}).status,
      201);
}

TEST_P(TicketsTest, CardNumbersNeverReachTheDatabase) {
  json request = StaffServer::ticket_request();
  request["ticket"]["details"] = "I paid with 4111 1111 1111 1111 yesterday";
  const json ticket = server.create_ticket(request);
  EXPECT_EQ(ticket["details"].get<std::string>().find("1111 1111"), std::string::npos);
}

TEST_P(TicketsTest, MetaAndFormDescribeTheChain) {
  const Answer meta = server.get(server.hq(), "/api/v1/meta");
  ASSERT_EQ(meta.status, 200);
  EXPECT_EQ(meta.json["languages"], json::array({"en", "de"}));
  EXPECT_EQ(meta.json["states"].size(), 5U);
  EXPECT_EQ(meta.json["workflows"][0]["transitions"][0]["action"], "verify");
  EXPECT_EQ(meta.json["stores"][0]["time_zone"], "Europe/Berlin");
  const Answer form = server.get(server.hq(), "/api/v1/form?screen=console&language=de");
  ASSERT_EQ(form.status, 200);
  EXPECT_TRUE(form.json["schema"].contains("properties"));
  EXPECT_EQ(server.get(server.hq(), "/api/v1/form?screen=cinema").field(), "/screen");
}

INSTANTIATE_TEST_SUITE_P(Databases, TicketsTest, testing::Values(Backend::sqlite, Backend::mariadb),
                         backend_name);

}  // namespace
}  // namespace ccms::test
