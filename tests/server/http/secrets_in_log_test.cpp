#include <gtest/gtest.h>

#include "core/db/transaction.h"
#include "server/app/identifiers.h"
#include "server/staff/password.h"
#include "server/store/user_store.h"
#include "tests/server/support/fake_till.h"
#include "tests/server/support/staff_server.h"

namespace ccms::test {
namespace {

using nlohmann::json;

/// The log may say who did what; what would let its reader do the same is in no line of any level.
class SecretsInLogTest : public testing::Test {
 protected:
  SecretsInLogTest() {
    db::with_transaction(server.database(), [&](db::Connection& connection) {
      server::UserStore(connection)
          .insert({server::new_uuid(server.clock().now()), "mia", "Mia", std::nullopt, {{"hq", ""}}, true},
                  server::hash_password("correct horse"), server.clock().now());
    });
  }

  void expect_not_logged(const std::string& secret) {
    ASSERT_GE(secret.size(), 8U);
    EXPECT_EQ(server.log().find(secret), std::string::npos) << secret << " in\n" << server.log();
  }

  StaffServer server{Backend::sqlite, [](server::Config& config) { config.demo = true; }};
};

TEST_F(SecretsInLogTest, PasswordsAndSessions) {
  const Answer signed_in =
      server.post({}, "/api/v1/session", {{"user", "mia"}, {"password", "correct horse"}});
  ASSERT_EQ(signed_in.status, 200) << signed_in.response.body;
  server.post({}, "/api/v1/session", {{"user", "mia"}, {"password", "wrong horse"}});
  const std::string cookie = signed_in.header("Set-Cookie");
  const auto begin = cookie.find('=') + 1;
  const Caller mia{cookie.substr(begin, cookie.find(';') - begin), ""};
  server.create_ticket(StaffServer::ticket_request());
  ASSERT_EQ(server.get(mia, "/api/v1/tickets?customer_number=015123456789").status, 200);
  ASSERT_NE(server.log().find("/api/v1/tickets"), std::string::npos) << "there is a log to look at";
  for (const std::string& secret :
       {std::string("correct horse"), std::string("wrong horse"), mia.session_token,
        signed_in.json["csrf"].get<std::string>(), std::string("23456789"), std::string("Anna Müller")})
    expect_not_logged(secret);
}

TEST_F(SecretsInLogTest, ApiKeys) {
  const Caller client = server.client_with_key({{"hq", ""}});
  ASSERT_EQ(server.get(client, "/api/v1/tickets").status, 200);
  ASSERT_EQ(server.get({"", "a key that is wrong"}, "/api/v1/tickets").status, 401);
  expect_not_logged(client.api_key);
  expect_not_logged("a key that is wrong");
}

TEST_F(SecretsInLogTest, EnrolmentCodes) {
  FakeTill till(server.clock());
  const std::string code = server.enrolment_code("S001", "S001-T1");
  till.enrol([&](server::Request request) { return server.send(std::move(request)); }, code);
  till.draw_key();
  EXPECT_EQ(server.send(till.enrol_request(code)).status, 403) << "used up";
  expect_not_logged(code);
}

TEST_F(SecretsInLogTest, OneTimeLinks) {
  const Answer link = server.post({}, "/api/v1/demo/login-links", {{"user", "mia"}});
  ASSERT_EQ(link.status, 201) << link.response.body;
  const std::string url = link.json["url"];
  server.get({}, url);
  expect_not_logged(url.substr(url.rfind('/') + 1));
}

}  // namespace
}  // namespace ccms::test
