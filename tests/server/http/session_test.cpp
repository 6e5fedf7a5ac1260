#include <gtest/gtest.h>

#include <atomic>
#include <barrier>
#include <iostream>
#include <sstream>
#include <thread>
#include <vector>

#include "core/db/transaction.h"
#include "server/app/identifiers.h"
#include "server/cli/commands.h"
#include "server/staff/password.h"
#include "server/store/user_store.h"
#include "tests/server/support/staff_server.h"

namespace ccms::test {
namespace {

using nlohmann::json;

class SessionTest : public OnBothDatabases {
 protected:
  SessionTest() {
    static const std::string hash = server::hash_password("correct horse");
    db::with_transaction(server.database(), [&](db::Connection& connection) {
      server::UserStore(connection)
          .insert({server::new_uuid(server.clock().now()),
                   "mia",
                   "Mia",
                   std::nullopt,
                   {{"department_staff", "repairs"}},
                   true},
                  hash, server.clock().now());
    });
  }

  Answer sign_in(const std::string& user, const std::string& password, StaffServer::Headers headers = {}) {
    return server.post({}, "/api/v1/session", {{"user", user}, {"password", password}}, std::move(headers));
  }

  Answer sign_in_from(const std::string& address, const std::string& user, const std::string& password) {
    server.address = address;
    return sign_in(user, password);
  }

  static Caller caller_of(const Answer& answer) {
    const std::string cookie = answer.header("Set-Cookie");
    const auto begin = cookie.find('=') + 1;
    return {cookie.substr(begin, cookie.find(';') - begin), ""};
  }
};

TEST_P(SessionTest, SignsInWithACookieOutOfReachOfScripts) {
  const Answer answer = sign_in(" Mia ", "correct horse");
  ASSERT_EQ(answer.status, 200) << answer.response.body;
  EXPECT_EQ(answer.json["user"]["roles"], json::array({"department_staff"}));
  EXPECT_EQ(answer.json["user"]["scopes"]["departments"], json::array({"repairs"}));
  EXPECT_NE(answer.header("Set-Cookie").find("HttpOnly; SameSite=Lax"), std::string::npos);
  const Answer shown = server.get(caller_of(answer), "/api/v1/session");
  EXPECT_EQ(shown.json["csrf"], answer.json["csrf"]);
}

TEST_P(SessionTest, EveryLoginHasASessionOfItsOwn) {
  EXPECT_NE(caller_of(sign_in("mia", "correct horse")).session_token,
            caller_of(sign_in("mia", "correct horse")).session_token);
}

TEST_P(SessionTest, AWrongPasswordAndAnUnknownNameGetTheSameAnswer) {
  const Answer wrong = sign_in("mia", "wrong");
  const Answer unknown = sign_in("nobody", "wrong");
  EXPECT_EQ(wrong.status, 401);
  EXPECT_EQ(wrong.code(), "wrong_credentials");
  EXPECT_EQ(wrong.response.body, unknown.response.body);
}

TEST_P(SessionTest, GuessingIsSlowedDownEvenForTheRightPassword) {
  for (int i = 0; i < 5; ++i) EXPECT_EQ(sign_in("mia", "wrong").status, 401);
  const Answer blocked = sign_in("mia", "correct horse");
  EXPECT_EQ(blocked.status, 429);
  EXPECT_EQ(blocked.header("Retry-After"), "10");
  server.clock().advance(std::chrono::seconds(11));
  EXPECT_EQ(sign_in("mia", "correct horse").status, 200);
}

TEST_P(SessionTest, GuessingAtOnceIsSlowedDownLikeOneAfterTheOther) {
  constexpr int kGuesses = 16;
  std::atomic<int> tried = 0, slowed = 0;
  std::barrier together(kGuesses);
  {
    std::vector<std::jthread> guesses;
    for (int i = 0; i < kGuesses; ++i) {
      guesses.emplace_back([&] {
        together.arrive_and_wait();
        const Answer answer = sign_in("mia", "wrong");
        if (answer.status == 401) ++tried;
        if (answer.status == 429 && !answer.header("Retry-After").empty()) ++slowed;
      });
    }
  }
  EXPECT_LE(tried, 5);
  EXPECT_EQ(tried + slowed, kGuesses);
}

TEST_P(SessionTest, WhoGuessesKeepsNobodyOutWhoSitsElsewhere) {
  for (int i = 0; i < 25; ++i) sign_in_from("198.51.100.9", "mia", "wrong");
  EXPECT_EQ(sign_in_from("198.51.100.9", "mia", "correct horse").status, 429);
  EXPECT_EQ(sign_in_from("192.0.2.1", "mia", "correct horse").status, 200);
}

TEST_P(SessionTest, ASignedOutSessionIsDead) {
  const Caller caller = caller_of(sign_in("mia", "correct horse"));
  EXPECT_EQ(server.call(caller, "DELETE", "/api/v1/session").status, 204);
  EXPECT_EQ(server.get(caller, "/api/v1/session").code(), "not_signed_in");
}

TEST_P(SessionTest, SigningInAgainEndsTheSessionBefore) {
  const Caller former = caller_of(sign_in("mia", "correct horse"));
  const Caller now =
      caller_of(sign_in("mia", "correct horse", {{"Cookie", "ccms_session=" + former.session_token}}));
  EXPECT_EQ(server.get(former, "/api/v1/session").status, 401);
  EXPECT_EQ(server.get(now, "/api/v1/session").status, 200);
}

TEST_P(SessionTest, ANewPasswordEndsEverySession) {
  const Caller caller = caller_of(sign_in("mia", "correct horse"));
  std::istringstream typed("another password\n");
  auto* const keyboard = std::cin.rdbuf(typed.rdbuf());
  const int result =
      server::add_user(server.config(), {"mia", "Mia", "", {"department_staff:repairs"}, true});
  std::cin.rdbuf(keyboard);
  EXPECT_EQ(result, 0);
  EXPECT_EQ(server.get(caller, "/api/v1/session").status, 401);
  EXPECT_EQ(sign_in("mia", "correct horse").status, 401);
  EXPECT_EQ(sign_in("mia", "another password").status, 200);
}

TEST_P(SessionTest, AnUnusedSessionEndsAndAUsedOneLastsUntilItsLongestLife) {
  const Caller idle = caller_of(sign_in("mia", "correct horse"));
  const Caller used = caller_of(sign_in("mia", "correct horse"));
  for (int hour = 0; hour < 11; ++hour) {
    server.clock().advance(std::chrono::hours(1));
    EXPECT_EQ(server.get(used, "/api/v1/session").status, 200);
  }
  EXPECT_EQ(server.get(idle, "/api/v1/session").status, 401);
  server.clock().advance(std::chrono::hours(1));
  EXPECT_EQ(server.get(used, "/api/v1/session").status, 401);
}

TEST_P(SessionTest, AChangeNeedsTheCsrfTokenAndOurOwnPages) {
  const Caller caller = caller_of(sign_in("mia", "correct horse"));
  EXPECT_EQ(
      server.call(caller, "DELETE", "/api/v1/session", std::nullopt, {{"X-CSRF-Token", "guess"}}).code(),
      "csrf_token_missing");
  EXPECT_EQ(server
                .call(caller, "DELETE", "/api/v1/session", std::nullopt,
                      {{"Origin", "https://evil.example"}, {"Host", "ccms.example"}})
                .code(),
            "wrong_origin");
  EXPECT_EQ(server
                .call(caller, "DELETE", "/api/v1/session", std::nullopt,
                      {{"Origin", "http://ccms.example"}, {"Host", "ccms.example"}})
                .status,
            204);
}

TEST_P(SessionTest, AnotherSiteCannotSignSomebodyIn) {
  EXPECT_EQ(
      sign_in("mia", "correct horse", {{"Origin", "https://evil.example"}, {"Host", "ccms.example"}}).code(),
      "wrong_origin");
}

TEST_P(SessionTest, BadInputNamesTheField) {
  EXPECT_EQ(server.post({}, "/api/v1/session", {{"user", "mia"}}).field(), "/password");
  EXPECT_EQ(server.post({}, "/api/v1/session", {{"user", 1}, {"password", "x"}}).field(), "/user");
  EXPECT_EQ(server.post({}, "/api/v1/session", {{"user", "mia"}, {"password", "x"}, {"admin", true}}).field(),
            "/admin");
  EXPECT_EQ(server.call({}, "POST", "/api/v1/session", "{").code(), "not_json");
}

TEST_P(SessionTest, TokensAreRefusedUnlessExact) {
  const Caller caller = caller_of(sign_in("mia", "correct horse"));
  for (const std::string& token : {std::string(), std::string(" "), caller.session_token + " ",
                                   caller.session_token.substr(1), std::string(64, '0')})
    EXPECT_EQ(
        server.call({}, "GET", "/api/v1/session", std::nullopt, {{"Cookie", "ccms_session=" + token + "x"}})
            .status,
        401);
}

TEST_P(SessionTest, AnApiKeyIsAPrincipalButNoMemberOfStaff) {
  const Caller client = server.client_with_key({{"hq", ""}});
  EXPECT_EQ(server.get(client, "/api/v1/tickets").status, 200);
  EXPECT_EQ(server.get(client, "/api/v1/session").code(), "staff_only");
  EXPECT_EQ(server.get({"", "wrong"}, "/api/v1/tickets").code(), "bad_api_key");
}

INSTANTIATE_TEST_SUITE_P(Databases, SessionTest, testing::Values(Backend::sqlite, Backend::mariadb),
                         backend_name);

}  // namespace
}  // namespace ccms::test
