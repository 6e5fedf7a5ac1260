#include <gtest/gtest.h>

#include <algorithm>
#include <thread>

#include "core/db/transaction.h"
#include "server/notify/outbox.h"
#include "server/settings/settings_store.h"
#include "tests/server/support/staff_server.h"

namespace ccms::test {
namespace {

using nlohmann::json;

class TicketActionsTest : public OnBothDatabases {
 protected:
  TicketActionsTest() : ticket_(server.create_ticket(StaffServer::ticket_request())) {}

  std::string address(const std::string& part = "") const {
    return "/api/v1/tickets/" + ticket_["ticket_id"].get<std::string>() + part;
  }
  Answer act(const json& action, StaffServer::Headers headers = {}) {
    server.clock().advance(std::chrono::seconds(1));
    return server.post(server.hq(), address("/actions"), action, std::move(headers));
  }
  json messages() { return server.get(server.hq(), address("/notifications")).json; }
  std::vector<std::string> event_types() {
    std::vector<std::string> types;
    const Answer history = server.get(server.hq(), address("/history"));
    for (const json& event : history.json["events"]) types.push_back(event["type"]);
    return types;
  }

  json ticket_;
};

TEST_P(TicketActionsTest, ATicketGoesItsWayAndTheCustomerIsTold) {
  Answer answer = act({{"action", "start"}});
  ASSERT_EQ(answer.status, 200) << answer.response.body;
  EXPECT_EQ(answer.json["ticket"]["state"]["id"], "in_progress");
  answer = act({{"action", "ready"}});
  EXPECT_EQ(answer.json["ticket"]["ready_to_collect"], true);
  answer = act({{"action", "close"}, {"resolution_code", "repaired"}, {"note", "New motor"}});
  ASSERT_EQ(answer.status, 200) << answer.response.body;
  EXPECT_EQ(answer.json["ticket"]["resolution"]["code"], "repaired");
  EXPECT_TRUE(answer.json["ticket"].contains("closed_at"));

  std::vector<std::string> told;
  for (const json& message : messages()) {
    if (message["audience"] == "customer") told.push_back(message["on"]);
  }
  EXPECT_EQ(told, (std::vector<std::string>{"created", "ready_to_collect", "closed"}));
  while (server.send_notifications() > 0) {
  }
  for (const json& message : messages()) EXPECT_EQ(message["state"], "sent");
  const auto sent = server.sent_messages();
  EXPECT_TRUE(
      std::any_of(sent.begin(), sent.end(), [](const json& m) { return m["to"] == "+4915123456789"; }));
}

TEST_P(TicketActionsTest, TheListedActionsAreThoseThatWork) {
  for (const json& action : ticket_["actions"]) {
    if (!action["requires"].empty()) continue;
    json request = StaffServer::ticket_request();
    const json other = server.create_ticket(request);
    const Answer answer =
        server.post(server.hq(), "/api/v1/tickets/" + other["ticket_id"].get<std::string>() + "/actions",
                    {{"action", action["action"]}});
    EXPECT_TRUE(answer.status == 200 || answer.status == 422) << action << answer.response.body;
  }
  EXPECT_EQ(act({{"action", "hand_over"}}).code(), "transition_not_allowed");
  EXPECT_EQ(act({{"action", "hand_over"}}).status, 409);
}

TEST_P(TicketActionsTest, AWithdrawnTicketStaysWhereItIsAndNobodyIsTold) {
  server.database().writer()->execute(
      "UPDATE tickets SET withdrawn = 1, state = 'closed', state_type = 'closed'");
  const auto told = messages().size();
  EXPECT_EQ(server.get(server.hq(), address()).json["ticket"]["actions"], json::array());
  const Answer answer = act({{"action", "reopen"}, {"note", "Please"}});
  EXPECT_EQ(answer.status, 409);
  EXPECT_EQ(answer.code(), "ticket_withdrawn");
  EXPECT_EQ(messages().size(), told);
}

TEST_P(TicketActionsTest, BadInputNamesTheField) {
  EXPECT_EQ(act({{"action", "dance"}}).field(), "/action");
  EXPECT_EQ(act(json::object()).field(), "/action");
  EXPECT_EQ(act({{"action", "start"}, {"resolution", "x"}}).field(), "/resolution");
  EXPECT_EQ(act({{"action", "reject"}, {"note", "n"}}).field(), "/reason");
  EXPECT_EQ(act({{"action", "reject"}, {"note", "n"}, {"reason", "dislike"}}).field(), "/reason");
  EXPECT_EQ(act({{"action", "assign"}, {"assignee", "nobody"}}).field(), "/assignee");
  ASSERT_EQ(act({{"action", "start"}}).status, 200);
  EXPECT_EQ(act({{"action", "close"}, {"resolution_code", "repaired"}}).field(), "/note");
  EXPECT_EQ(act({{"action", "close"}, {"note", "n"}, {"resolution_code", "magic"}}).field(),
            "/resolution_code");
}

TEST_P(TicketActionsTest, OnlyPeopleOfTheDepartmentCanBeAssigned) {
  server.staff_of("repairs");
  server.staff_of("pricing");
  EXPECT_EQ(act({{"action", "assign"}, {"assignee", server.user_id_of("staff-pricing")}}).code(),
            "wrong_department");
  const Answer answer = act({{"action", "assign"}, {"assignee", server.user_id_of("staff-repairs")}});
  ASSERT_EQ(answer.status, 200) << answer.response.body;
  EXPECT_EQ(answer.json["ticket"]["assignee"]["name"], "Name of staff-repairs");
  const Answer mine =
      server.get(server.hq(), "/api/v1/tickets?assignee=" + server.user_id_of("staff-repairs"));
  EXPECT_EQ(mine.json["count"], 1);
  EXPECT_EQ(server.get(server.hq(), "/api/v1/tickets?assignee=none").json["count"], 0);
}

TEST_P(TicketActionsTest, AStaleVersionIsRefused) {
  const std::string etag = server.get(server.hq(), address()).header("ETag");
  EXPECT_EQ(act({{"action", "start"}}, {{"If-Match", etag}}).status, 200);
  const Answer stale = act({{"action", "ready"}}, {{"If-Match", etag}});
  EXPECT_EQ(stale.status, 412);
  EXPECT_EQ(stale.code(), "version_mismatch");
  EXPECT_EQ(act({{"action", "ready"}}, {{"If-Match", "nonsense"}}).status, 412);
  EXPECT_EQ(act({{"action", "ready"}}, {{"If-Match", "*"}}).status, 200);
}

TEST_P(TicketActionsTest, OfManyWhoRaceOneWinsAndNoUpdateIsLost) {
  server.staff_of("repairs");
  const Caller caller = server.hq();
  const std::string etag = server.get(caller, address()).header("ETag");
  const json assign = {{"action", "assign"}, {"assignee", server.user_id_of("staff-repairs")}};
  std::vector<int> statuses(8);
  std::vector<std::thread> people;
  for (int& status : statuses)
    people.emplace_back([&] {
      status = server.post(caller, address("/actions"), assign, {{"If-Match", etag}}).status;
    });
  for (std::thread& person : people) person.join();
  EXPECT_EQ(std::count(statuses.begin(), statuses.end(), 200), 1);
  EXPECT_EQ(std::count(statuses.begin(), statuses.end(), 412), 7);
  const auto types = event_types();
  EXPECT_EQ(std::count(types.begin(), types.end(), "assigned"), 1);
}

TEST_P(TicketActionsTest, ARefusedActionLeavesNothingBehind) {
  const auto events = event_types();
  const auto version = server.get(server.hq(), address()).json["ticket"]["version"];
  EXPECT_EQ(act({{"action", "close"}, {"resolution_code", "repaired"}, {"note", "n"}}).status, 409);
  EXPECT_EQ(event_types(), events);
  EXPECT_EQ(server.get(server.hq(), address()).json["ticket"]["version"], version);
}

TEST_P(TicketActionsTest, RejectingTellsTheReasonInTheCustomersLanguage) {
  json request = StaffServer::ticket_request();
  request["language"] = "de";
  ticket_ = server.create_ticket(request);
  ASSERT_EQ(act({{"action", "reject"}, {"reason", "too_late"}, {"note", "three years old"}}).status, 200);
  const json told = messages();
  EXPECT_EQ(told.back()["on"], "rejected");
  EXPECT_NE(told.back()["text"].get<std::string>().find("Grund: "), std::string::npos);
  EXPECT_EQ(server.get(server.hq(), address()).json["ticket"]["verification"]["state"], "rejected");
}

TEST_P(TicketActionsTest, ACustomerWhoIsCorrectedIsToldTheReasonToo) {
  ASSERT_EQ(act({{"action", "reject"}, {"reason", "too_late"}, {"note", "three years old"}}).status, 200);
  const std::string told = messages().back()["text"];
  server::SettingsStore settings(server.database());
  db::with_transaction(server.database(), [&](db::Connection& connection) {
    auto ticket = server::load_ticket(connection, ticket_["ticket_id"].get<std::string>()).value();
    ticket.mobile = "+4917012345678";
    server::readdress_customer_notifications(connection, ticket, settings.current()->settings, "correction",
                                             server.clock().now());
  });
  std::vector<std::string> rejections;
  for (const json& message : messages()) {
    if (message["on"] == "rejected" && message["state"] == "pending" && message["channel"] == "sms")
      rejections.push_back(message["text"]);
  }
  EXPECT_EQ(rejections, std::vector<std::string>{told});
}

/// The sample chain, whose close asks for a remedy of 50 euros at most and for a document.
std::string settings_with_refunds() {
  json document = json::parse(sample_settings());
  document["remedies"] = {{{"id", "refund"}}, {{"id", "apology"}}};
  json& close = document["workflows"][0]["transitions"][6];
  close["requires"] = {"resolution_code", "note", "remedy", "attachment"};
  close["remedy_at_most"] = 5000;
  return document.dump();
}

TEST_P(TicketActionsTest, ARemedyAndADocumentAreGivenWithTheStepAndStayInTheHistory) {
  server.publish(settings_with_refunds());
  server.restart();
  ASSERT_EQ(act({{"action", "start"}}).status, 200);
  const json offered = server.get(server.hq(), "/api/v1/meta").json["remedies"];
  EXPECT_EQ(offered, json({"refund", "apology"}));
  const json shown = server.get(server.hq(), address()).json["ticket"];
  const auto close = std::find_if(shown["actions"].begin(), shown["actions"].end(),
                                  [](const json& action) { return action["action"] == "close"; });
  ASSERT_NE(close, shown["actions"].end());
  EXPECT_EQ((*close)["remedy_at_most"], 5000);

  const auto refund = [](int amount, const char* currency = "EUR") {
    return json{{"kind", "refund"}, {"amount", {{"amount", amount}, {"currency", currency}}}};
  };
  const json complete = {{"action", "close"},
                         {"resolution_code", "refunded"},
                         {"note", "Sorry"},
                         {"remedy", refund(2500)},
                         {"attachment", "Credit note, card 4111111111111111"}};
  const auto refused = [&](const json& change) {
    json request = complete;
    request.merge_patch(change);
    const Answer answer = act(request);
    EXPECT_EQ(answer.status, 422) << answer.response.body;
    return answer.code() + " " + answer.field();
  };
  EXPECT_EQ(refused({{"remedy", nullptr}}), "missing_field /remedy");
  EXPECT_EQ(refused({{"attachment", nullptr}}), "missing_field /attachment");
  EXPECT_EQ(refused({{"attachment", std::string(301, 'x')}}), "too_long /attachment");
  EXPECT_EQ(refused({{"remedy", refund(5001)}}), "too_much /remedy/amount");
  EXPECT_EQ(refused({{"remedy", refund(-1)}}), "bad_value /remedy/amount/amount");
  EXPECT_EQ(refused({{"remedy", refund(100, "USD")}}), "bad_value /remedy/amount/currency");
  EXPECT_EQ(refused({{"remedy", {{"kind", "voucher"}}}}), "not_offered /remedy/kind");
  EXPECT_EQ(refused({{"remedy", {{"kind", "hug"}}}}), "bad_value /remedy/kind");
  EXPECT_EQ(act({{"action", "assign"}, {"department", "repairs"}, {"attachment", "x"}}).field(),
            "/attachment");

  ASSERT_EQ(act(complete).status, 200);
  const Answer history = server.get(server.hq(), address("/history"));
  const json& closed = history.json["events"].back();
  EXPECT_EQ(closed["data"]["remedy"], refund(2500));
  EXPECT_NE(closed["data"]["attachment"].get<std::string>().find("Credit note"), std::string::npos);
  EXPECT_EQ(closed.dump().find("4111111111111111"), std::string::npos) << "cards are masked";
}

/// The sample chain with customers who may confirm that all is well, and a role for the program they use.
std::string settings_with_customers() {
  json document = json::parse(sample_settings());
  document["roles"] = {{{"id", "hq"},
                        {"name", {{"en", "HQ"}, {"de", "Zentrale"}}},
                        {"scope", "chain"},
                        {"permissions",
                         {"tickets.view", "tickets.create", "tickets.comment", "tickets.confidential",
                          "tickets.for_customers", "settings.view", "settings.edit", "settings.publish",
                          "people.view", "people.invite", "people.change", "people.remove", "audit.view"}}},
                       {{"id", "department_staff"},
                        {"name", {{"en", "Staff"}, {"de", "Personal"}}},
                        {"scope", "department"},
                        {"permissions", {"tickets.view", "tickets.create", "tickets.comment"}}},
                       {{"id", "store_manager"},
                        {"name", {{"en", "Manager"}, {"de", "Leitung"}}},
                        {"scope", "store"},
                        {"permissions", {"tickets.view", "tickets.create", "tickets.comment"}}},
                       {{"id", "portal"},
                        {"name", {{"en", "Portal"}, {"de", "Portal"}}},
                        {"scope", "chain"},
                        {"permissions", {"tickets.view", "tickets.for_customers"}}}};
  document["workflows"][0]["transitions"].push_back({{"id", "begin_for_me"},
                                                     {"action", "move"},
                                                     {"label", {{"en", "Please"}, {"de", "Bitte"}}},
                                                     {"from", {"open"}},
                                                     {"to", "in_progress"},
                                                     {"who", {"@customer"}}});
  return document.dump();
}

TEST_P(TicketActionsTest, AProgramActsForACustomerAndTheHistorySaysWhichOneItWas) {
  server.publish(settings_with_customers());
  server.restart();
  const json wish = {{"action", "begin_for_me"}, {"as", "customer"}};
  const Answer refused = server.post(server.hq(), address("/actions"), wish);
  EXPECT_EQ(refused.status, 403) << "staff are not their own customers, whatever they may";
  EXPECT_EQ(refused.field(), "/as");
  const Answer answer = server.post(server.client_with_key({{"portal", ""}}), address("/actions"), wish);
  ASSERT_EQ(answer.status, 200) << answer.response.body;
  const json event = server.get(server.hq(), address("/history")).json["events"].back();
  EXPECT_EQ(event["actor"]["type"], "customer");
  EXPECT_EQ(event["data"]["by"]["type"], "client");
}

TEST_P(TicketActionsTest, WhatACustomerWritesThroughAProgramIsNoAnswerOfTheChain) {
  server.publish(settings_with_customers());
  server.restart();
  const Caller portal = server.client_with_key({{"portal", ""}});
  ASSERT_TRUE(ticket_.contains("first_response_by")) << ticket_;
  const Answer written =
      server.post(portal, address("/comments"), {{"text", "Any news?"}, {"as", "customer"}});
  ASSERT_EQ(written.status, 201) << written.response.body;
  EXPECT_EQ(written.json["ticket"]["first_response_by"], ticket_["first_response_by"]);
  const json event = server.get(server.hq(), address("/history")).json["events"].back();
  EXPECT_EQ(event["type"], "commented");
  EXPECT_EQ(event["actor"]["type"], "customer");
  EXPECT_EQ(event["visibility"], "public") << "they wrote it themselves";
  EXPECT_EQ(event["data"]["by"]["type"], "client");

  const Caller desk = server.client_with_key({{"department_staff", "repairs"}});
  const Answer answered =
      server.post(desk, address("/comments"), {{"text", "Tomorrow"}, {"visibility", "public"}});
  ASSERT_EQ(answered.status, 201) << answered.response.body;
  EXPECT_FALSE(answered.json["ticket"].contains("first_response_by")) << "this client works for the chain";
}

TEST_P(TicketActionsTest, ACommentAsTheCustomerNeedsThePermissionAndHidesFromNobody) {
  server.publish(settings_with_customers());
  server.restart();
  const json message = {{"text", "Any news?"}, {"as", "customer"}};
  for (const Caller& other : {server.hq(), server.client_with_key({{"department_staff", "repairs"}})}) {
    const Answer refused = server.post(other, address("/comments"), message);
    EXPECT_EQ(refused.status, 403) << refused.response.body;
    EXPECT_EQ(refused.field(), "/as");
  }
  const Caller portal = server.client_with_key({{"portal", ""}});
  EXPECT_EQ(server.post(portal, address("/comments"), {{"text", "Any news?"}}).status, 403)
      << "in its own name it needs the permission tickets.comment";
  json hidden = message;
  hidden["visibility"] = "internal";
  EXPECT_EQ(server.post(portal, address("/comments"), hidden).field(), "/visibility");
}

TEST_P(TicketActionsTest, CommentsAreHistoryAndKeepNoCardNumbers) {
  const Answer answer = server.post(server.hq(), address("/comments"),
                                    {{"text", "Card 4111111111111111"}, {"visibility", "public"}});
  ASSERT_EQ(answer.status, 201) << answer.response.body;
  const json events = server.get(server.hq(), address("/history")).json["events"];
  EXPECT_EQ(events.back()["type"], "commented");
  EXPECT_EQ(events.back()["visibility"], "public");
  EXPECT_EQ(events.back()["data"].dump().find("4111111111111111"), std::string::npos);
  EXPECT_EQ(server.post(server.hq(), address("/comments"), {{"text", ""}}).field(), "/text");
  EXPECT_EQ(server.post(server.hq(), address("/comments"), {{"text", "x"}, {"visibility", "secret"}}).field(),
            "/visibility");
}

TEST_P(TicketActionsTest, NobodyIsToldWithoutConsent) {
  json request = StaffServer::ticket_request();
  request["ticket"]["consent_to_contact"] = false;
  ticket_ = server.create_ticket(request);
  for (const json& message : messages()) EXPECT_EQ(message["audience"], "department");
}

TEST_P(TicketActionsTest, AConfidentialTicketsMailSaysNothingOfIt) {
  json request = StaffServer::ticket_request();
  request["ticket"]["category"] = "staff_behaviour";
  request["ticket"]["details"] = "The cashier shouted at me";
  ticket_ = server.create_ticket(request);
  ASSERT_EQ(ticket_["confidential"], true);
  bool told = false;
  for (const json& message : messages()) {
    if (message["audience"] != "department") continue;
    told = true;
    EXPECT_EQ(message["text"].get<std::string>().find("shouted"), std::string::npos);
    EXPECT_EQ(message["text"].get<std::string>().find("Anna"), std::string::npos);
  }
  EXPECT_TRUE(told);
}

INSTANTIATE_TEST_SUITE_P(Databases, TicketActionsTest, testing::Values(Backend::sqlite, Backend::mariadb),
                         backend_name);

}  // namespace
}  // namespace ccms::test
