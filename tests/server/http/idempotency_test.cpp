#include <gtest/gtest.h>

#include <thread>

#include "tests/server/support/staff_server.h"

namespace ccms::test {
namespace {

using nlohmann::json;

class IdempotencyTest : public OnBothDatabases {
 protected:
  Answer create(const Caller& caller, const std::string& key,
                const json& request = StaffServer::ticket_request()) {
    return server.post(caller, "/api/v1/tickets", request, {{"Idempotency-Key", key}});
  }
  int keys_ = 0;
  std::int64_t tickets() { return server.count("SELECT COUNT(*) FROM tickets"); }
};

TEST_P(IdempotencyTest, TheSameRequestGetsTheSameAnswerOnce) {
  const Caller caller = server.hq();
  const Answer first = create(caller, "a");
  const Answer again = create(caller, "a");
  EXPECT_EQ(first.status, 201);
  EXPECT_EQ(again.response.body, first.response.body);
  EXPECT_EQ(again.header("Location"), first.header("Location"));
  EXPECT_EQ(again.header("ETag"), first.header("ETag"));
  EXPECT_EQ(again.header("Idempotent-Replayed"), "true");
  EXPECT_EQ(tickets(), 1);
}

TEST_P(IdempotencyTest, WhatWasAcceptedIsAnsweredAlikeUnderNewerSettings) {
  const Answer first = create(server.hq(), "a");
  json document = json::parse(sample_settings());
  document["organisation"]["stores"][0]["ccms_enabled"] = false;
  server.publish(document.dump());
  server.restart();
  EXPECT_EQ(create(server.hq(), "b").code(), "ccms_disabled");
  EXPECT_EQ(create(server.hq(), "a").response.body, first.response.body);
}

TEST_P(IdempotencyTest, AnInvalidRequestIsRememberedToo) {
  json request = StaffServer::ticket_request();
  request["ticket"]["category"] = "nonsense";
  EXPECT_EQ(create(server.hq(), "a", request).status, 422);
  EXPECT_EQ(create(server.hq(), "a", request).header("Idempotent-Replayed"), "true");
}

TEST_P(IdempotencyTest, AMalformedRequestIsRememberedToo) {
  const json ticket = server.create_ticket(StaffServer::ticket_request());
  const std::string address = "/api/v1/tickets/" + ticket["ticket_id"].get<std::string>();
  const std::vector<std::pair<std::string, json>> requests = {
      {"/api/v1/tickets", StaffServer::ticket_request()},
      {address + "/actions", {{"action", "start"}}},
      {address + "/comments", {{"text", "Looked at it."}}}};
  for (const auto& [target, mended] : requests) {
    for (const char* body : {"{", "{\"unheard_of\": 1}"}) {
      const StaffServer::Headers own = {{"Idempotency-Key", std::string("m") + std::to_string(++keys_)}};
      EXPECT_EQ(server.call(server.hq(), "POST", target, body, own).status, 422) << target;
      EXPECT_EQ(server.call(server.hq(), "POST", target, body, own).header("Idempotent-Replayed"), "true");
      EXPECT_EQ(server.post(server.hq(), target, mended, own).code(), "idempotency_key_reused") << target;
    }
  }
  EXPECT_EQ(server.call(server.hq(), "POST", "/api/v1/tickets", "{").code(), "idempotency_key_missing");
}

TEST_P(IdempotencyTest, AnotherRequestUnderTheKeyIsRefused) {
  json other = StaffServer::ticket_request();
  other["ticket"]["details"] = "Something else";
  EXPECT_EQ(create(server.hq(), "a").status, 201);
  const Answer answer = create(server.hq(), "a", other);
  EXPECT_EQ(answer.status, 422);
  EXPECT_EQ(answer.code(), "idempotency_key_reused");
  EXPECT_EQ(tickets(), 1);
}

TEST_P(IdempotencyTest, KeysBelongToTheirPrincipal) {
  EXPECT_EQ(create(server.hq(), "a").status, 201);
  EXPECT_EQ(create(server.client_with_key({{"hq", ""}}), "a").status, 201);
  EXPECT_EQ(tickets(), 2);
}

TEST_P(IdempotencyTest, ARefusalIsRememberedToo) {
  const json ticket = server.create_ticket(StaffServer::ticket_request());
  const std::string address = "/api/v1/tickets/" + ticket["ticket_id"].get<std::string>() + "/actions";
  const StaffServer::Headers key = {{"Idempotency-Key", "act"}};
  const json close = {{"action", "close"}, {"resolution_code", "repaired"}, {"note", "n"}};
  EXPECT_EQ(server.post(server.hq(), address, close, key).status, 409);
  EXPECT_EQ(server.post(server.hq(), address, {{"action", "start"}}).status, 200);
  const Answer again = server.post(server.hq(), address, close, key);
  EXPECT_EQ(again.status, 409);
  EXPECT_EQ(again.header("Idempotent-Replayed"), "true");
}

TEST_P(IdempotencyTest, TheKeyIsRequiredAndChecked) {
  EXPECT_EQ(server.post(server.hq(), "/api/v1/tickets", StaffServer::ticket_request()).code(),
            "idempotency_key_missing");
  EXPECT_EQ(create(server.hq(), std::string(129, 'k')).code(), "bad_idempotency_key");
  EXPECT_EQ(create(server.hq(), "with blank").code(), "bad_idempotency_key");
}

TEST_P(IdempotencyTest, ManyAtOnceMakeOneTicket) {
  const Caller caller = server.hq();
  std::vector<std::thread> threads;
  std::vector<Answer> answers(8);
  for (Answer& answer : answers) threads.emplace_back([&] { answer = create(caller, "race"); });
  for (std::thread& thread : threads) thread.join();
  for (const Answer& answer : answers) {
    EXPECT_EQ(answer.status, 201) << answer.response.body;
    EXPECT_EQ(answer.json, answers.front().json);
  }
  EXPECT_EQ(tickets(), 1);
}

TEST_P(IdempotencyTest, ALargeAnswerComesBackWhole) {
  json request = StaffServer::ticket_request();
  std::string details;
  for (int i = 0; i < 15500; ++i) details += "\xF0\x9F\x98\x80";  // more than one part of an answer can hold
  request["ticket"]["details"] = details;
  const Answer first = create(server.hq(), "large", request);
  ASSERT_EQ(first.status, 201) << first.response.body;
  EXPECT_EQ(create(server.hq(), "large", request).response.body, first.response.body);
}

INSTANTIATE_TEST_SUITE_P(Databases, IdempotencyTest, testing::Values(Backend::sqlite, Backend::mariadb),
                         backend_name);

}  // namespace
}  // namespace ccms::test
