#include <gmock/gmock.h>

#include "tests/server/staff/people_chain.h"

namespace ccms::test {
namespace {

using nlohmann::json;
using testing::HasSubstr;
using testing::Not;

class InvitationsTest : public PeopleChain {
 protected:
  Answer invite(const Caller& caller, const json& wish) {
    return server.post(caller, "/api/v1/invitations", wish);
  }
  static json managers(const std::vector<std::string>& addresses) {
    return {{"addresses", addresses}, {"role", "store_manager"}, {"scopes", {"S001"}}};
  }
  /// Invites one address as hq; the outcome.
  json invited(const std::string& address) {
    const Answer answer = invite(server.hq(), managers({address}));
    EXPECT_EQ(answer.status, 200) << answer.response.body;
    return answer.json["invitations"][0];
  }
  Answer accept(const std::string& token, const std::string& name = "Anna Muster") {
    return server.post({}, "/api/v1/invitations/accept",
                       {{"token", token}, {"name", name}, {"password", "correct horse"}});
  }
  Answer withdraw(const Caller& caller, const std::string& id) {
    return server.call(caller, "DELETE", "/api/v1/invitations/" + id);
  }
  json open(const Caller& caller) { return server.get(caller, "/api/v1/invitations").json["invitations"]; }
  Answer sign_in(const std::string& login) {
    return server.post({}, "/api/v1/session", {{"user", login}, {"password", "correct horse"}});
  }
};

TEST_P(InvitationsTest, WhoeverHasTheLinkJoinsWithTheRoleAndSignsInByThemselves) {
  const json one = invited("Anna@Example.com");
  EXPECT_EQ(one["invited"], true);
  EXPECT_EQ(one["url"], "/invitation#" + one["token"].get<std::string>());
  EXPECT_EQ(last_action(), "user.invited");
  const Answer joined = accept(one["token"]);
  ASSERT_EQ(joined.status, 201) << joined.response.body;
  EXPECT_EQ(joined.json["user"], (json{{"login", "anna@example.com"}, {"name", "Anna Muster"}}));
  EXPECT_EQ(joined.header("Set-Cookie"), "") << "accepting signs nobody in";
  const Answer session = sign_in("anna@example.com");
  ASSERT_EQ(session.status, 200) << session.response.body;
  EXPECT_EQ(session.json["user"]["roles"], json{"store_manager"});
  EXPECT_EQ(session.json["user"]["scopes"]["stores"], json{"S001"});
  EXPECT_EQ(last_action(), "user.joined");
  EXPECT_EQ(user(session.json["user"]["id"])["email"], "anna@example.com");
}

TEST_P(InvitationsTest, OnlyADigestOfTheTokenIsKept) {
  const std::string token = invited("anna@example.com")["token"];
  EXPECT_EQ(server.count("SELECT COUNT(*) AS n FROM invitations WHERE token_hash = ?", {token}), 0);
  EXPECT_THAT(audit().dump(), Not(HasSubstr(token)));
  EXPECT_THAT(open(server.hq()).dump(), Not(HasSubstr(token)));
  accept(token);
  EXPECT_THAT(server.log(), Not(HasSubstr(token)));
}

TEST_P(InvitationsTest, OneBadAddressKeepsNoOtherFromBeingInvited) {
  member("mia@example.com", {{"store_manager", "S001"}});
  invited("ben@example.com");
  const Answer answer =
      invite(server.hq(), managers({"no address", "anna@example.com", "mia@example.com", "BEN@example.com",
                                    "anna@example.com", "Carl <carl@example.com>"}));
  ASSERT_EQ(answer.status, 200) << answer.response.body;
  const json& all = answer.json["invitations"];
  ASSERT_EQ(all.size(), 6U);
  const auto code = [&](std::size_t i) { return all[i]["invited"] == true ? "" : all[i]["error"]["code"]; };
  EXPECT_EQ(code(0), "bad_address");
  EXPECT_EQ(code(1), "");
  EXPECT_EQ(code(2), "already_member");
  EXPECT_EQ(code(3), "already_invited");
  EXPECT_EQ(code(4), "already_invited");
  EXPECT_EQ(code(5), "bad_address");
  EXPECT_EQ(open(server.hq()).size(), 2U);
}

TEST_P(InvitationsTest, ATokenWorksOnce) {
  const std::string token = invited("anna@example.com")["token"];
  ASSERT_EQ(accept(token).status, 201);
  const Answer again = accept(token, "Somebody Else");
  EXPECT_EQ(again.status, 410);
  EXPECT_EQ(again.code(), "invitation_used");
  EXPECT_EQ(server.count("SELECT COUNT(*) AS n FROM users WHERE login = 'anna@example.com'"), 1);
}

TEST_P(InvitationsTest, ATokenEndsAfterItsTime) {
  const std::string token = invited("anna@example.com")["token"];
  const std::string in_time = invited("ben@example.com")["token"];
  server.clock().advance(std::chrono::days(7) - std::chrono::seconds(1));
  EXPECT_EQ(accept(in_time).status, 201);
  server.clock().advance(std::chrono::seconds(1));
  const Answer late = accept(token);
  EXPECT_EQ(late.status, 410);
  EXPECT_EQ(late.code(), "invitation_expired");
  EXPECT_EQ(open(server.hq()), json::array());
  EXPECT_EQ(invited("anna@example.com")["invited"], true) << "another can be sent";
}

TEST_P(InvitationsTest, AWithdrawnTokenOpensNothing) {
  const json one = invited("anna@example.com");
  ASSERT_EQ(withdraw(server.hq(), one["invitation"]["id"]).status, 204);
  EXPECT_EQ(last_action(), "user.invitation_withdrawn");
  const Answer late = accept(one["token"]);
  EXPECT_EQ(late.status, 410);
  EXPECT_EQ(late.code(), "invitation_withdrawn");
  EXPECT_EQ(withdraw(server.hq(), one["invitation"]["id"]).status, 404);
  EXPECT_EQ(withdraw(server.hq(), "nothing").status, 404);
  EXPECT_EQ(open(server.hq()), json::array());
}

TEST_P(InvitationsTest, NobodyInvitesAboveThemselves) {
  const Caller lead = lead_of("hamburg");
  const auto wish = [](const char* role, const json& scopes) {
    return json{{"addresses", {"anna@example.com"}}, {"role", role}, {"scopes", scopes}};
  };
  for (const json& beyond : {wish("hq", json::array()), wish("store_manager", {"S001", "S008"}),
                             wish("area_lead", {"munich"}), wish("department_staff", {"repairs"})}) {
    const Answer answer = invite(lead, beyond);
    EXPECT_EQ(answer.status, 403) << answer.response.body;
    EXPECT_EQ(answer.code(), "beyond_own_permissions");
  }
  EXPECT_EQ(invite(lead, wish("store_manager", {"S001", "S002"})).status, 200);
  EXPECT_EQ(invite(server.manager_of("S001"), wish("store_manager", {"S001"})).code(), "forbidden");
  EXPECT_EQ(invite({}, wish("store_manager", {"S001"})).status, 401);
}

TEST_P(InvitationsTest, AnInvitationIsWorthNoMoreThanWhoMadeIt) {
  const Caller lead = lead_of("hamburg");
  const Answer answer = invite(lead, managers({"anna@example.com", "ben@example.com"}));
  ASSERT_EQ(answer.status, 200);
  ASSERT_EQ(accept(answer.json["invitations"][0]["token"]).status, 201);
  ASSERT_EQ(remove(server.hq(), server.user_id_of("lead-hamburg")).status, 204);
  const Answer late = accept(answer.json["invitations"][1]["token"]);
  EXPECT_EQ(late.status, 410);
  EXPECT_EQ(late.code(), "invitation_void");
}

TEST_P(InvitationsTest, WhatIsWrongWithAWishIsNamed) {
  const auto refused = [&](json wish, const char* code, const char* field) {
    if (!wish.contains("addresses")) wish["addresses"] = {"anna@example.com"};
    const Answer answer = invite(server.hq(), wish);
    EXPECT_EQ(answer.status, 422) << answer.response.body;
    EXPECT_EQ(answer.code(), code);
    EXPECT_EQ(answer.field(), field);
  };
  refused({{"role", "hq"}, {"addresses", json::array()}}, "missing_field", "/addresses");
  refused({{"scopes", {"S001"}}}, "missing_field", "/role");
  refused({{"role", "emperor"}}, "bad_role", "/role");
  refused({{"role", "store_manager"}}, "bad_role", "/role");
  refused({{"role", "store_manager"}, {"scopes", {"S999"}}}, "bad_role", "/scopes");
  refused({{"role", "hq"}, {"scopes", {"S001"}}}, "bad_role", "/scopes");
  refused({{"role", "store_manager"}, {"workspace", "none"}}, "unknown_workspace", "/workspace");
  refused({{"role", "store_manager"}, {"workspace", "none"}, {"scopes", {"S001"}}}, "bad_value", "/scopes");
}

TEST_P(InvitationsTest, AShortPasswordOrNoNameLeavesTheInvitationOpen) {
  const std::string token = invited("anna@example.com")["token"];
  const auto answer = [&](const char* name, const char* password) {
    return server.post({}, "/api/v1/invitations/accept",
                       {{"token", token}, {"name", name}, {"password", password}});
  };
  EXPECT_EQ(answer("Anna", "short").field(), "/password");
  EXPECT_EQ(answer("", "correct horse").field(), "/name");
  EXPECT_EQ(accept(token).status, 201);
}

TEST_P(InvitationsTest, GuessingTokensIsSlowedDown) {
  const std::string token = invited("anna@example.com")["token"];
  int status = 0;
  for (int guess = 0; guess < 40 && status != 429; ++guess)
    status = accept("guess " + std::to_string(guess)).status;
  EXPECT_EQ(status, 429);
  EXPECT_NE(accept(token).header("Retry-After"), "");
  server.address = "192.0.2.77";
  EXPECT_EQ(accept(token).status, 201) << "who sits elsewhere is not kept out";
}

TEST_P(InvitationsTest, WhoInvitesSeesWhatIsOpenWhereTheyMayInvite) {
  invited("anna@example.com");
  ASSERT_EQ(invite(server.hq(),
                   {{"addresses", {"ben@example.com"}}, {"role", "store_manager"}, {"scopes", {"S008"}}})
                .status,
            200);
  EXPECT_EQ(open(server.hq()).size(), 2U);
  const json seen = open(lead_of("hamburg"));
  ASSERT_EQ(seen.size(), 1U);
  EXPECT_EQ(seen[0]["address"], "anna@example.com");
  const json hidden = open(server.hq());
  for (const json& one : hidden) {
    if (one["address"] == "ben@example.com") {
      EXPECT_EQ(withdraw(lead_of("hamburg"), one["id"]).status, 404);
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Databases, InvitationsTest, testing::Values(Backend::sqlite, Backend::mariadb),
                         backend_name);

}  // namespace
}  // namespace ccms::test
