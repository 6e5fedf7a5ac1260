#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <iostream>
#include <sstream>

#include "core/db/transaction.h"
#include "core/domain/time.h"
#include "server/store/user_store.h"
#include "tests/server/cli/program.h"
#include "tests/server/support/staff_server.h"

namespace ccms::test {
namespace {

using testing::HasSubstr;

class UserCommandTest : public OnBothDatabases {
 protected:
  /// As user add does from a script.
  Said add(const std::string& login, const std::string& password, const std::string& role = "hq") {
    return type({login, "--role", role}, password);
  }
  Said type(std::vector<std::string> words, const std::string& password) {
    std::istringstream typed(password + "\n");
    auto* const keyboard = std::cin.rdbuf(typed.rdbuf());
    words.insert(words.begin(), {"user", "add"});
    words.push_back("--password-stdin");
    Said said = ccms(words);
    std::cin.rdbuf(keyboard);
    return said;
  }

  Answer sign_in(const std::string& login, const std::string& password) {
    return server.post({}, "/api/v1/session", {{"user", login}, {"password", password}});
  }

  int status_for(const Caller& caller) { return server.get(caller, "/api/v1/session").status; }

  std::int64_t sessions_of(const std::string& login) {
    return server.count("SELECT COUNT(*) AS n FROM sessions WHERE user_id = ?", {server.user_id_of(login)});
  }

  Program ccms{server.config()};
};

TEST_P(UserCommandTest, TheListShowsEverybodyTheirRolesAndWhenTheyLastSignedIn) {
  EXPECT_EQ(ccms({"user", "list"}).out, "");
  server.sign_in_as("zoe", {{"department_staff", "repairs"}, {"store_manager", "S001"}});
  server.sign_in_as("emre", {{"hq", ""}});
  db::with_transaction(server.database(), [&](db::Connection& connection) {
    server::UserStore(connection).note_login(server.user_id_of("emre"), server.clock().now());
  });
  ASSERT_EQ(ccms({"user", "disable", "zoe"}).exit_code, 0);

  const Said said = ccms({"user", "list"});
  EXPECT_EQ(said.exit_code, 0) << said.err;
  EXPECT_EQ(said.out, "emre\tName of emre\thq\tenabled\t" + domain::format_rfc3339(server.clock().now()) +
                          "\nzoe\tName of zoe\tdepartment_staff:repairs store_manager:S001\tdisabled\t-\n");
}

TEST_P(UserCommandTest, ADisabledUserIsOutOfEverySessionAtTheNextRequest) {
  const Caller desk = server.sign_in_as("mia", {{"hq", ""}});
  const Caller phone = server.sign_in_as("mia", {{"hq", ""}});
  const Caller somebody_else = server.sign_in_as("zoe", {{"hq", ""}});
  ASSERT_EQ(status_for(desk), 200);
  ASSERT_EQ(status_for(phone), 200);

  const Said said = ccms({"user", "disable", " Mia"});
  EXPECT_EQ(said.exit_code, 0) << said.err;
  EXPECT_EQ(said.out, "mia disabled\n") << "logins are found without regard to case and blanks";
  EXPECT_EQ(sessions_of("mia"), 0);
  EXPECT_EQ(server.get(desk, "/api/v1/tickets").code(), "not_signed_in");
  EXPECT_EQ(status_for(phone), 401);
  EXPECT_EQ(status_for(somebody_else), 200);
}

TEST_P(UserCommandTest, ADisabledUserCannotSignInUntilEnabled) {
  ASSERT_EQ(add("mia", "correct horse").exit_code, 0);
  ASSERT_EQ(ccms({"user", "disable", "mia"}).exit_code, 0);
  const Answer refused = sign_in("mia", "correct horse");
  EXPECT_EQ(refused.status, 401);
  EXPECT_EQ(refused.response.body, sign_in("nobody", "correct horse").response.body)
      << "whoever guesses does not learn of it";
  EXPECT_EQ(sessions_of("mia"), 0);

  EXPECT_EQ(ccms({"user", "enable", "mia"}).out, "mia enabled\n");
  EXPECT_EQ(sign_in("mia", "correct horse").status, 200);
}

TEST_P(UserCommandTest, ASessionThatBeganWhileTheUserWasDisabledIsNoGoodBeforeOrAfterEnabling) {
  server.sign_in_as("mia", {{"hq", ""}});
  ASSERT_EQ(ccms({"user", "disable", "mia"}).exit_code, 0);
  const Caller late = server.sign_in_as("mia", {{"hq", ""}});
  EXPECT_EQ(status_for(late), 401);
  ASSERT_EQ(ccms({"user", "enable", "mia"}).exit_code, 0);
  EXPECT_EQ(status_for(late), 401);
}

TEST_P(UserCommandTest, ANewPasswordLetsNoDisabledUserBackIn) {
  ASSERT_EQ(add("mia", "correct horse").exit_code, 0);
  ASSERT_EQ(ccms({"user", "disable", "mia"}).exit_code, 0);
  const Said said = add("mia", "another password", "store_manager:S001");
  EXPECT_EQ(said.exit_code, 0) << said.err;
  EXPECT_THAT(said.err, HasSubstr("mia stays disabled"));
  EXPECT_THAT(ccms({"user", "list"}).out, HasSubstr("mia\tmia\tstore_manager:S001\tdisabled\t"));
  EXPECT_EQ(sign_in("mia", "another password").status, 401);
}

TEST_P(UserCommandTest, AnUnknownLoginIsNamed) {
  server.sign_in_as("mia", {{"hq", ""}});
  for (const char* command : {"disable", "enable"}) {
    const Said said = ccms({"user", command, "nobody"});
    EXPECT_EQ(said.exit_code, 1);
    EXPECT_EQ(said.out, "");
    EXPECT_EQ(said.err, "there is no user nobody\n");
  }
  EXPECT_EQ(server.count("SELECT COUNT(*) AS n FROM users WHERE enabled = 1"), 1);
}

TEST_P(UserCommandTest, AChangeIsLoggedOnceAndDoingItAgainChangesNothing) {
  const Caller mia = server.sign_in_as("mia", {{"hq", ""}});
  EXPECT_EQ(ccms({"user", "enable", "mia"}).out, "mia was enabled already\n");
  EXPECT_EQ(status_for(mia), 200);

  const auto noted = [&](const char* action) {
    return server.count("SELECT COUNT(*) AS n FROM audit_log WHERE action = ? AND subject_id = ?",
                        {std::string(action), server.user_id_of("mia")});
  };
  EXPECT_EQ(ccms({"user", "disable", "mia"}).err, "");
  const Said again = ccms({"user", "disable", "mia"});
  EXPECT_EQ(again.exit_code, 0);
  EXPECT_EQ(again.out, "mia was disabled already\n");
  EXPECT_EQ(again.err, "");
  EXPECT_EQ(noted("user.disabled"), 1);
  EXPECT_EQ(ccms({"user", "enable", "mia"}).err, "");
  EXPECT_EQ(noted("user.enabled"), 1);
}

TEST_P(UserCommandTest, ANewPasswordLeavesWhatIsNotGivenAsItWas) {
  ASSERT_EQ(add("mia", "correct horse").exit_code, 0);
  ASSERT_EQ(type({"mia", "--name", "Mia Berg", "--email", "mia@example.org", "--role", "store_manager:S001"},
                 "correct horse")
                .exit_code,
            0);
  const Said said = type({"mia"}, "another password");
  EXPECT_EQ(said.out, "mia changed\n") << said.err;
  EXPECT_THAT(ccms({"user", "list"}).out, HasSubstr("mia\tMia Berg\tstore_manager:S001\tenabled\t"));
  EXPECT_EQ(server.text("SELECT email FROM users WHERE login = 'mia'"), "mia@example.org");
  EXPECT_EQ(sign_in("mia", "another password").status, 200);
}

TEST_P(UserCommandTest, WhatIsWrongWithSomebodyNewIsNamed) {
  EXPECT_EQ(type({"mia"}, "correct horse").err, "--role is required: there is no user mia yet\n");
  EXPECT_EQ(type({"mia", "--role", "hq", "--email", "nonsense"}, "correct horse").err,
            "--email: must look like name@example.org\n");
  EXPECT_EQ(add("mia", "correct horse", "manager").err,
            "manager: no such role (there are department_staff, store_manager, hq)\n");
  EXPECT_EQ(ccms({"user", "list"}).out, "");
}

TEST_P(UserCommandTest, AWordThatIsNoCommandIsNamed) {
  EXPECT_EQ(ccms({"frob"}).err, "there is no command frob; --help lists them\n");
  EXPECT_EQ(ccms({"user", "frob", "mia"}).err, "there is no command frob; --help lists them\n");
  EXPECT_THAT(ccms({"--version"}).out, HasSubstr("ccms-server "));
}

TEST_P(UserCommandTest, WhoLeavesIsSignedOutAndTheLoginIsFree) {
  const Caller session = server.sign_in_as("mia", {{"hq", ""}});
  const Said said = ccms({"user", "remove", "mia"});
  EXPECT_EQ(said.exit_code, 0) << said.err;
  EXPECT_EQ(said.out, "mia removed\n");
  EXPECT_EQ(status_for(session), 401);
  EXPECT_EQ(ccms({"user", "list"}).out, "");
  EXPECT_EQ(ccms({"user", "remove", "mia"}).err, "there is no user mia\n");
  EXPECT_EQ(ccms({"user", "enable", "mia"}).exit_code, 1);
  EXPECT_EQ(add("mia", "correct horse").out, "mia added\n");
  EXPECT_EQ(sign_in("mia", "correct horse").status, 200);
}

TEST_P(UserCommandTest, WhoHasUnfinishedTicketsIsNotRemovedAndTheTicketsAreNamed) {
  server.staff_of("repairs");
  nlohmann::json request = StaffServer::ticket_request();
  request["ticket"]["custom"] = {{"serial_number", "SN-1"}};
  const std::string id = server.create_ticket(request)["ticket_id"];
  const Answer assigned =
      server.post(server.hq(), "/api/v1/tickets/" + id + "/actions",
                  {{"action", "assign"}, {"assignee", server.user_id_of("staff-repairs")}});
  ASSERT_EQ(assigned.status, 200) << assigned.response.body;
  const Said said = ccms({"user", "remove", "staff-repairs"});
  EXPECT_EQ(said.exit_code, 1);
  EXPECT_EQ(said.out, "");
  EXPECT_THAT(said.err, HasSubstr("staff-repairs has 1 unfinished tickets"));
  EXPECT_EQ(server.count("SELECT COUNT(*) AS n FROM users WHERE removed_at IS NOT NULL"), 0);
}

TEST_P(UserCommandTest, EveryChangeStandsInTheAuditLogWithoutSecrets) {
  ASSERT_EQ(add("mia", "correct horse").exit_code, 0);
  ASSERT_EQ(add("mia", "another password", "store_manager:S001").exit_code, 0);
  ASSERT_EQ(ccms({"user", "disable", "mia"}).exit_code, 0);
  ASSERT_EQ(ccms({"user", "disable", "mia"}).exit_code, 0);
  ASSERT_EQ(ccms({"user", "enable", "mia"}).exit_code, 0);
  ASSERT_EQ(ccms({"till", "code", "S001-T1"}).exit_code, 0);
  const std::string key = ccms({"client", "add", "shop", "--role", "hq"}).out;
  ASSERT_EQ(ccms({"client", "revoke", "shop"}).exit_code, 0);

  const Answer log = server.get(server.hq(), "/api/v1/audit");
  std::vector<std::string> actions;
  for (const auto& entry : log.json["entries"]) {
    actions.push_back(entry["action"]);
    EXPECT_EQ(entry["actor"]["kind"], "operator");
    EXPECT_NE(entry["actor"]["id"], "");
    EXPECT_EQ(entry["via"], "cli");
  }
  EXPECT_EQ(actions, (std::vector<std::string>{"client.revoked", "client.added", "till.code_made",
                                               "user.enabled", "user.disabled", "user.role_changed",
                                               "user.password_set", "user.added"}));
  EXPECT_THAT(log.response.body, testing::Not(HasSubstr("another password")));
  EXPECT_THAT(log.response.body, testing::Not(HasSubstr(key.substr(0, key.size() - 1))));

  const std::string printed = ccms({"audit", "--last", "2"}).out;
  EXPECT_EQ(std::count(printed.begin(), printed.end(), '\n'), 2);
  EXPECT_THAT(printed, HasSubstr("\tcli\tclient.revoked\tclient "));
}

INSTANTIATE_TEST_SUITE_P(Databases, UserCommandTest, testing::Values(Backend::sqlite, Backend::mariadb),
                         backend_name);

}  // namespace
}  // namespace ccms::test
