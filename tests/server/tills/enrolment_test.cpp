#include <nlohmann/json.hpp>

#include "server/store/audit_log.h"
#include "tests/server/support/on_both_backends.h"

namespace ccms::test {
namespace {

using namespace std::chrono_literals;
using nlohmann::json;

class Enrolment : public ::testing::TestWithParam<Backend> {
 protected:
  Enrolment() : server(GetParam()), till(server.clock()) {}

  server::Response enrol(const std::string& code) { return server.send(till.enrol_request(code)); }

  void expect_refused(const server::Response& response, const std::string& code, const std::string& field) {
    EXPECT_EQ(response.status, 403);
    const auto problem = json::parse(response.body);
    EXPECT_EQ(problem.value("code", ""), code);
    EXPECT_EQ(problem.value("field", ""), field);
  }

  ServerUnderTest server;
  FakeTill till;
};

TEST_P(Enrolment, ACodeGivesAnIdentity) {
  const auto response = enrol(server.enrolment_code("S001", "S001-T1"));
  ASSERT_EQ(response.status, 201) << response.body;
  const auto identity = wire::parse_till_identity(response.body);
  ASSERT_TRUE(identity.ok());
  EXPECT_EQ(identity->epoch, 1);
  EXPECT_EQ(identity->generation, 1);
  EXPECT_TRUE(domain::is_ticket_code_prefix(identity->prefix));
  EXPECT_EQ(identity->server_time, server.clock().now());
}

TEST_P(Enrolment, CodesAreForgivingAboutSpelling) {
  auto code = server.enrolment_code("S001", "S001-T1");
  for (char& c : code) c = c == '-' ? ' ' : static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  EXPECT_EQ(enrol(code).status, 201);
}

TEST_P(Enrolment, WrongExpiredAndUsedCodesGetOneAnswer) {
  expect_refused(enrol("0000-0000-0000"), "enrolment_refused", "/code");
  const auto expired = server.enrolment_code("S001", "S001-T1");
  server.clock().advance(15min);
  expect_refused(enrol(expired), "enrolment_refused", "/code");
  const auto used = server.enrolment_code("S001", "S001-T1");
  EXPECT_EQ(enrol(used).status, 201);
  till.draw_key();
  expect_refused(enrol(used), "enrolment_refused", "/code");
}

TEST_P(Enrolment, ATillWhoseAnswerWasLostComesAgainWithTheSameCodeAndKey) {
  const auto code = server.enrolment_code("S001", "S001-T1");
  const auto first = wire::parse_till_identity(enrol(code).body);
  const auto again = wire::parse_till_identity(enrol(code).body);
  EXPECT_EQ(again->epoch, 1) << "no epoch is burnt";
  EXPECT_EQ(again->prefix, first->prefix);
  server.clock().advance(15min);
  expect_refused(enrol(code), "enrolment_refused", "/code");
}

TEST_P(Enrolment, TheAuditLogSaysOnceWhoGotWhichIdentity) {
  const auto code = server.enrolment_code("S001", "S001-T1");
  enrol(code);
  enrol(code);  // the answer was lost
  till.enrol([&](server::Request request) { return server.send(std::move(request)); }, code);
  till.draw_key();
  server.send(till.rekey_again_request());
  const auto lease = server.database().reader();
  auto entries = server::read_audit(*lease, {}, 10);
  ASSERT_EQ(entries.size(), 2U);
  for (const auto& record : entries) {
    EXPECT_EQ(record.entry.actor.kind, "till");
    EXPECT_EQ(record.entry.subject_id, "S001-T1");
  }
  EXPECT_EQ(entries[1].entry.action, "till.enrolled");
  EXPECT_EQ(entries[1].entry.details, (json{{"store", "S001"}, {"epoch", 1}}));
  EXPECT_EQ(entries[0].entry.action, "till.rekeyed");
  EXPECT_EQ(entries[0].entry.details, (json{{"store", "S001"}, {"epoch", 2}}));
}

TEST_P(Enrolment, ACodeOfAnotherTillStaysUsableThere) {
  const auto code = server.enrolment_code("S001", "S001-T2");
  expect_refused(enrol(code), "wrong_till", "/till");
  till.till = "S001-T2";
  EXPECT_EQ(enrol(code).status, 201);
}

TEST_P(Enrolment, EnrollingAgainStartsTheNextEpoch) {
  till.enrol([&](server::Request request) { return server.send(std::move(request)); },
             server.enrolment_code("S001", "S001-T1"));
  till.draw_key();
  const auto identity = wire::parse_till_identity(enrol(server.enrolment_code("S001", "S001-T1")).body);
  EXPECT_EQ(identity->epoch, 2);
  EXPECT_NE(identity->prefix, till.prefix);
}

TEST_P(Enrolment, AKeyFromBeforeAnEnrolmentIsGoodForNothingAnyMore) {
  const auto transport = [&](server::Request request) { return server.send(std::move(request)); };
  till.enrol(transport, server.enrolment_code("S001", "S001-T1"));
  FakeTill replacement(server.clock());
  replacement.enrol(transport, server.enrolment_code("S001", "S001-T1"));
  const auto rekeyed = server.send(till.rekey_request());
  EXPECT_EQ(rekeyed.status, 401);
  EXPECT_EQ(json::parse(rekeyed.body).value("code", ""), "key_revoked");
  const auto asked = server.send(till.request("POST", "/api/v1/tills/prefix", "{}"));
  EXPECT_EQ(asked.status, 401);
  EXPECT_EQ(json::parse(asked.body).value("code", ""), "key_revoked");
  EXPECT_EQ(server.send(replacement.request("POST", "/api/v1/tills/prefix", "{}")).status, 200);
}

TEST_P(Enrolment, ALostAnswerToRekeyingBurnsNoEpoch) {
  const auto transport = [&](server::Request request) { return server.send(std::move(request)); };
  till.enrol(transport, server.enrolment_code("S001", "S001-T1"));
  till.draw_key();
  const auto first = wire::parse_till_identity(server.send(till.rekey_again_request()).body);
  server.clock().advance(1min);
  const auto again = wire::parse_till_identity(server.send(till.rekey_again_request()).body);
  EXPECT_EQ(first->epoch, 2);
  EXPECT_EQ(again->epoch, 2);
  EXPECT_EQ(again->generation, first->generation);
  EXPECT_EQ(again->prefix, first->prefix);
}

TEST_P(Enrolment, ASparePrefixIsTheSameUntilItIsUsed) {
  const auto transport = [&](server::Request request) { return server.send(std::move(request)); };
  till.enrol(transport, server.enrolment_code("S001", "S001-T1"));
  const auto spare = [&] {
    server.clock().advance(1min);
    return wire::parse_prefix_reply(server.send(till.request("POST", "/api/v1/tills/prefix", "{}")).body)
        ->prefix;
  };
  till.send(transport, {till.sign(till.created())});
  const auto first = spare();
  EXPECT_NE(first, till.prefix);
  EXPECT_EQ(spare(), first);
  till.prefix = first;
  till.send(transport, {till.sign(till.created())});
  const auto second = spare();
  EXPECT_NE(second, first);
  EXPECT_EQ(spare(), second);
}

TEST_P(Enrolment, BadInputIsNamed) {
  const auto sent = [&](const std::function<void(json&)>& tamper) {
    auto request = till.enrol_request("0000-0000-0000");
    auto document = json::parse(request.body);
    tamper(document);
    request.body = document.dump();
    const auto response = server.send(request);
    EXPECT_EQ(response.status, 422);
    return json::parse(response.body).value("field", "");
  };
  EXPECT_EQ(sent([](json& d) { d["code"] = 12; }), "/code");
  EXPECT_EQ(sent([](json& d) { d["code"] = std::string(5000, 'x'); }), "/code");
  EXPECT_EQ(sent([](json& d) { d["public_key"] = "AAAA"; }), "/public_key");
  EXPECT_EQ(sent([](json& d) { d.erase("till"); }), "/till");
  EXPECT_EQ(sent([](json& d) { d["store"] = "../etc"; }), "/store");
  EXPECT_EQ(sent([](json& d) { d["surprise"] = true; }), "/surprise");
}

CCMS_ON_BOTH_BACKENDS(Enrolment);

}  // namespace
}  // namespace ccms::test
