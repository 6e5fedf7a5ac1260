#include <set>
#include <thread>

#include "core/db/transaction.h"
#include "server/staff/password.h"
#include "server/store/user_store.h"
#include "tests/server/staff/people_chain.h"

namespace ccms::test {
namespace {

using nlohmann::json;

class MembersTest : public PeopleChain {
 protected:
  Answer show(const Caller& caller, const std::string& user_id) {
    return server.get(caller, "/api/v1/users/" + user_id);
  }
  static json roles(const std::string& role, const std::string& scope) {
    return {{"roles", {{{"role", role}, {"scope", scope}}}}};
  }
  static json hq_role() { return {{"roles", {{{"role", "hq"}}}}}; }
};

TEST_P(MembersTest, AMemberIsShownWithRolesStateAndHowManyTicketsTheyHave) {
  const std::string mia = member("mia", {{"department_staff", "repairs"}});
  ticket_of(mia);
  const Answer answer = show(server.hq(), mia);
  EXPECT_EQ(answer.status, 200) << answer.response.body;
  EXPECT_EQ(answer.json["user"], (json{{"id", mia},
                                       {"login", "mia"},
                                       {"name", "Name of mia"},
                                       {"state", "enabled"},
                                       {"roles", {{{"role", "department_staff"}, {"scope", "repairs"}}}},
                                       {"active_tickets", 1}}));
  EXPECT_EQ(answer.header("ETag"), "\"1\"");
  EXPECT_EQ(show(server.hq(), "nobody").status, 404);
}

TEST_P(MembersTest, WhoLooksAfterAnAreaSeesItsPeopleAndNoOthers) {
  const std::string inside = member("inside", {{"store_manager", "S001"}});
  const std::string outside = member("outside", {{"store_manager", "S008"}});
  const std::string both = member("both", {{"store_manager", "S001"}, {"department_staff", "repairs"}});
  const Caller lead = lead_of("hamburg");
  EXPECT_EQ(show(lead, inside).status, 200);
  EXPECT_EQ(show(lead, outside).status, 403);
  EXPECT_EQ(show(lead, both).status, 403);
  EXPECT_EQ(show(lead, server.user_id_of("lead-hamburg")).status, 200);
  EXPECT_EQ(show(lead, "nobody").status, 404);
  EXPECT_EQ(show(server.manager_of("S001"), inside).status, 403);

  std::set<std::string> listed;
  const Answer list = server.get(lead, "/api/v1/users?members=true");
  for (const json& one : list.json["users"]) listed.insert(one["login"]);
  EXPECT_EQ(listed, (std::set<std::string>{"inside", "lead-hamburg", "manager-s001"}));
  EXPECT_EQ(server.get(server.manager_of("S001"), "/api/v1/users?members=true").json["users"], json::array());
}

TEST_P(MembersTest, AChangeIsAnsweredWithTheMemberAndWrittenIntoTheAuditLog) {
  const std::string mia = member("mia", {{"store_manager", "S001"}});
  json change = roles("store_manager", "S002");
  change["name"] = "Mia Neu";
  change["email"] = "mia@example.com";
  const Answer changed = patch(server.hq(), mia, change);
  ASSERT_EQ(changed.status, 200) << changed.response.body;
  EXPECT_EQ(changed.json["user"]["name"], "Mia Neu");
  EXPECT_EQ(changed.json["user"]["email"], "mia@example.com");
  EXPECT_EQ(changed.json["user"]["roles"], change["roles"]);
  EXPECT_EQ(changed.header("ETag"), "\"2\"");
  EXPECT_EQ(user(mia), changed.json["user"]);

  const json entries = audit("?subject=" + mia);
  ASSERT_EQ(entries.size(), 2U);
  EXPECT_EQ(entries[0]["action"], "user.role_changed");
  EXPECT_EQ(entries[0]["details"]["from"], (json{{{"role", "store_manager"}, {"scope", "S001"}}}));
  EXPECT_EQ(entries[0]["details"]["to"], change["roles"]);
  EXPECT_EQ(entries[1]["action"], "user.changed");
  EXPECT_EQ(entries[1]["details"]["name"], (json{{"from", "Name of mia"}, {"to", "Mia Neu"}}));

  EXPECT_EQ(patch(server.hq(), mia, {{"email", nullptr}}).status, 200);
  EXPECT_FALSE(user(mia).contains("email"));
}

TEST_P(MembersTest, WhatIsWrongWithAChangeIsNamed) {
  const std::string mia = member("mia", {{"store_manager", "S001"}});
  const auto refused = [&](const json& change, const char* code, const char* field) {
    const Answer answer = patch(server.hq(), mia, change);
    EXPECT_EQ(answer.status, 422) << answer.response.body;
    EXPECT_EQ(answer.code(), code);
    EXPECT_EQ(answer.field(), field);
  };
  refused({{"name", ""}}, "missing_field", "/name");
  refused({{"email", "Mia <mia@example.com>"}}, "bad_value", "/email");
  refused({{"enabled", "yes"}}, "wrong_type", "/enabled");
  refused({{"login", "other"}}, "unknown_field", "/login");
  refused({{"roles", {"hq"}}}, "wrong_type", "/roles/0");
  refused({{"roles", {{{"role", "hq"}, {"for", "S001"}}}}}, "wrong_type", "/roles/0");
  refused(roles("store_manager", "S999"), "bad_role", "/roles/0");
  refused(roles("emperor", ""), "bad_role", "/roles/0");
  EXPECT_EQ(patch(server.hq(), "nobody", {{"name", "X"}}).status, 404);
}

TEST_P(MembersTest, SomebodyElsesChangeInBetweenIsNoticed) {
  const std::string mia = member("mia", {{"store_manager", "S001"}});
  ASSERT_EQ(patch(server.hq(), mia, {{"name", "One"}}, {{"If-Match", "\"1\""}}).status, 200);
  const Answer stale = patch(server.hq(), mia, {{"name", "Two"}}, {{"If-Match", "\"1\""}});
  EXPECT_EQ(stale.status, 412);
  EXPECT_EQ(stale.code(), "version_mismatch");
  EXPECT_EQ(stale.header("ETag"), "\"2\"");
  EXPECT_EQ(remove(server.hq(), mia, {{"If-Match", "\"1\""}}).status, 412);
  EXPECT_EQ(user(mia)["name"], "One");
}

TEST_P(MembersTest, TheSameRequestUnderOneKeyIsDoneOnce) {
  const std::string mia = member("mia", {{"store_manager", "S001"}});
  const Headers key = {{"Idempotency-Key", "once"}};
  const Answer first = patch(server.hq(), mia, {{"name", "One"}}, key);
  const Answer again = patch(server.hq(), mia, {{"name", "One"}}, key);
  EXPECT_EQ(again.response.body, first.response.body);
  EXPECT_EQ(again.header("Idempotent-Replayed"), "true");
  EXPECT_EQ(user(mia)["name"], "One");
}

TEST_P(MembersTest, ADisabledMemberIsOutAtOnceAndComesBackWithoutTheirSessions) {
  const Caller session = server.sign_in_as("mia", {{"store_manager", "S001"}});
  const std::string mia = server.user_id_of("mia");
  ASSERT_EQ(patch(server.hq(), mia, {{"enabled", false}}).status, 200);
  EXPECT_EQ(server.get(session, "/api/v1/session").status, 401);
  EXPECT_EQ(user(mia)["state"], "disabled");
  EXPECT_EQ(last_action(), "user.disabled");
  ASSERT_EQ(patch(server.hq(), mia, {{"enabled", true}}).status, 200);
  EXPECT_EQ(server.get(session, "/api/v1/session").status, 401);
  EXPECT_EQ(last_action(), "user.enabled");
}

TEST_P(MembersTest, ANewRoleHoldsForSessionsThatAreOpen) {
  const Caller session = server.sign_in_as("mia", {{"store_manager", "S001"}});
  EXPECT_EQ(server.get(session, "/api/v1/audit").status, 403);
  ASSERT_EQ(patch(server.hq(), server.user_id_of("mia"), hq_role()).status, 200);
  EXPECT_EQ(server.get(session, "/api/v1/audit").status, 200);
}

TEST_P(MembersTest, NobodyRaisesAnybodyAboveThemselves) {
  const Caller lead = lead_of("hamburg");
  const std::string own = server.user_id_of("lead-hamburg");
  const std::string mia = member("mia", {{"store_manager", "S001"}});
  const auto beyond = [&](const Caller& caller, const std::string& who, const json& change) {
    const Answer answer = patch(caller, who, change);
    EXPECT_EQ(answer.status, 403) << answer.response.body;
    EXPECT_EQ(answer.code(), "beyond_own_permissions");
  };
  beyond(lead, own, hq_role());
  beyond(lead, mia, hq_role());
  beyond(lead, mia, roles("store_manager", "S008"));        // another area's store
  beyond(lead, mia, roles("area_lead", "munich"));          // another area
  beyond(lead, mia, roles("department_staff", "repairs"));  // stores give nothing in a department
  beyond(office(), mia, hq_role());                         // the chain, but not these permissions
  beyond(office(), mia, roles("store_manager", "S002"));    // tickets.view is not theirs to give
  beyond(lead, own, roles("store_manager", "S001"));        // nobody gives themselves another role
  beyond(office(), member("head", {{"hq", ""}}),
         {{"email", "office@example.com"}});  // nor takes another's mail
  EXPECT_EQ(patch(lead, mia, roles("store_manager", "S002")).status, 200);
  EXPECT_EQ(patch(lead, mia, roles("area_lead", "hamburg")).status, 200);
  EXPECT_EQ(patch(office(), mia, {{"name", "Mia"}}).status, 200) << "what touches no role is not beyond it";
}

TEST_P(MembersTest, WhatOneCouldNotGiveOneCannotTakeAway) {
  const Caller colleague = server.sign_in_as("second-hq", {{"hq", ""}});
  const std::string hq = server.user_id_of("second-hq");
  server.hq();
  EXPECT_EQ(patch(office(), hq, {{"roles", json::array()}}).code(), "beyond_own_permissions");
  EXPECT_EQ(patch(office(), hq, {{"enabled", false}}).code(), "beyond_own_permissions");
  EXPECT_EQ(remove(office(), hq).code(), "beyond_own_permissions");
  EXPECT_EQ(patch(lead_of("hamburg"), hq, {{"name", "Mine"}}).code(), "forbidden");
  EXPECT_EQ(remove(lead_of("hamburg"), hq).code(), "forbidden");
  EXPECT_EQ(server.get(colleague, "/api/v1/session").status, 200);
}

TEST_P(MembersTest, TheLastAdminStays) {
  const Caller hq = server.hq();
  const std::string admin = server.user_id_of("hq");
  for (const Answer& answer :
       {patch(hq, admin, {{"enabled", false}}), patch(hq, admin, roles("store_manager", "S001")),
        patch(hq, admin, {{"roles", json::array()}}), remove(hq, admin)}) {
    EXPECT_EQ(answer.status, 409) << answer.response.body;
    EXPECT_EQ(answer.code(), "last_admin");
  }
  EXPECT_EQ(patch(hq, admin, {{"name", "Still here"}}).status, 200);

  const std::string second = member("second", {{"hq", ""}});
  ASSERT_EQ(patch(hq, second, {{"enabled", false}}).status, 200);
  EXPECT_EQ(patch(hq, admin, {{"enabled", false}}).code(), "last_admin") << "who is disabled is no admin";
  ASSERT_EQ(patch(hq, second, {{"enabled", true}}).status, 200);
  EXPECT_EQ(patch(hq, admin, roles("store_manager", "S001")).status, 200);
  EXPECT_EQ(remove(server.sign_in_as("second", {}), second).code(), "last_admin");
}

TEST_P(MembersTest, OfTwoAdminsWhoDemoteEachOtherAtOnceOneStays) {
  const std::vector<server::RoleGrant> admin = {{"hq", ""}};
  const Caller one = server.sign_in_as("one", admin);
  const Caller two = server.sign_in_as("two", admin);
  const std::string id_of_one = server.user_id_of("one");
  const std::string id_of_two = server.user_id_of("two");
  for (int round = 0; round < 5; ++round) {
    server.database().writer()->execute("UPDATE users SET roles = ?", {server::roles_to_json(admin)});
    const json nothing = {{"roles", json::array()}};
    int first = 0;
    int second = 0;
    std::thread other([&] { first = patch(one, id_of_two, nothing).status; });
    second = patch(two, id_of_one, nothing).status;
    other.join();
    EXPECT_NE(first == 200, second == 200) << first << ' ' << second;
    EXPECT_EQ(server.count("SELECT COUNT(*) AS n FROM users WHERE roles = '[]'"), 1);
  }
}

TEST_P(MembersTest, WhoLeavesIsOutAtOnceAndStillNamedByTheHistory) {
  const Caller session = server.sign_in_as("mia", {{"department_staff", "repairs"}});
  const std::string mia = server.user_id_of("mia");
  const std::string code = ticket_of(mia);
  const std::string address = "/api/v1/tickets/" + code;
  ASSERT_EQ(server.post(session, address + "/comments", {{"text", "hello"}}).status, 201);
  ASSERT_EQ(
      server.post(server.hq(), "/api/v1/users/" + mia + "/reassign", {{"to", nullptr}, {"reason", "leaves"}})
          .status,
      200);

  const Answer removed = remove(server.hq(), mia);
  ASSERT_EQ(removed.status, 204) << removed.response.body;
  EXPECT_EQ(last_action(), "user.removed");
  EXPECT_EQ(server.get(session, "/api/v1/session").status, 401);
  EXPECT_NE(server.get(server.hq(), address + "/history").response.body.find("Name of mia"),
            std::string::npos);
  const json gone = user(mia);
  EXPECT_EQ(gone["state"], "removed");
  EXPECT_EQ(gone["name"], "Name of mia");
  EXPECT_TRUE(gone.contains("removed_at"));
  for (const char* list : {"/api/v1/users", "/api/v1/users?members=true"})
    EXPECT_EQ(server.get(server.hq(), list).response.body.find(mia), std::string::npos);

  EXPECT_EQ(patch(server.hq(), mia, {{"enabled", true}}).code(), "user_removed");
  EXPECT_EQ(remove(server.hq(), mia).code(), "user_removed");
  const Answer assigned =
      server.post(server.hq(), address + "/actions", {{"action", "assign"}, {"assignee", mia}});
  EXPECT_EQ(assigned.code(), "unknown_assignee");
}

TEST_P(MembersTest, WhoLeftCannotSignInAndLeavesTheLoginToTheNext) {
  const auto add = [&](const std::string& id) {
    const std::string hash = server::hash_password("correct horse");
    db::with_transaction(server.database(), [&](db::Connection& connection) {
      server::UserStore(connection)
          .insert({id, "mia", "Mia " + id, std::nullopt, {{"store_manager", "S001"}}, true}, hash,
                  server.clock().now());
    });
  };
  const auto sign_in = [&] {
    return server.post({}, "/api/v1/session", {{"user", "mia"}, {"password", "correct horse"}});
  };
  add("one");
  ASSERT_EQ(sign_in().status, 200);
  ASSERT_EQ(remove(server.hq(), "one").status, 204);
  EXPECT_EQ(sign_in().status, 401);
  add("two");
  EXPECT_EQ(sign_in().json["user"]["id"], "two");
  EXPECT_EQ(user("one")["name"], "Mia one");
}

TEST_P(MembersTest, WhoHasUnfinishedTicketsIsNotRemovedAndTheTicketsAreNamed) {
  const std::string mia = member("mia", {{"department_staff", "repairs"}});
  std::set<std::string> codes;
  for (int i = 0; i < 22; ++i) codes.insert(ticket_of(mia));
  const Answer refused = remove(server.hq(), mia);
  EXPECT_EQ(refused.status, 409) << refused.response.body;
  EXPECT_EQ(refused.code(), "has_active_tickets");
  EXPECT_EQ(refused.json["count"], 22);
  EXPECT_EQ(refused.json["others"], false);
  EXPECT_EQ(refused.json["tickets"].size(), 20U);
  for (const json& code : refused.json["tickets"]) EXPECT_TRUE(codes.contains(code)) << code;
  EXPECT_EQ(refused.json["reassign"], "/api/v1/users/" + mia + "/reassign");
  EXPECT_EQ(user(mia)["state"], "enabled");
  EXPECT_EQ(user(mia)["active_tickets"], 22);
}

TEST_P(MembersTest, TicketsOutOfSightHoldUpARemovalAndAreNeitherNamedNorCounted) {
  const std::string mia = member("mia", {{"office", ""}});
  const std::string code = ticket_of(member("ben", {{"department_staff", "repairs"}}));
  server.database().writer()->execute("UPDATE tickets SET assignee = ?", {mia});
  const Answer refused = remove(office(), mia);
  EXPECT_EQ(refused.code(), "has_active_tickets");
  EXPECT_EQ(refused.json["count"], 0);
  EXPECT_EQ(refused.json["others"], true);
  EXPECT_EQ(refused.json["tickets"], json::array());
  EXPECT_EQ(refused.response.body.find(code), std::string::npos);
}

TEST_P(MembersTest, WhoLooksAfterPeopleCountsTheTicketsThatTheyMaySeeAndNoOthers) {
  const std::string mia = member("mia", {{"store_manager", "S001"}});
  const std::string ben = member("ben", {{"department_staff", "repairs"}});
  const std::string open = ticket_of(ben);
  const std::string hidden = ticket(ticket_of(ben))["ticket_id"];
  server.database().writer()->execute("UPDATE tickets SET assignee = ?, reported_store = 'S001'", {mia});
  server.database().writer()->execute("UPDATE tickets SET confidential = 1 WHERE ticket_id = ?", {hidden});

  const Caller lead = lead_of("hamburg");
  EXPECT_EQ(show(lead, mia).json["user"]["active_tickets"], 1);
  EXPECT_EQ(show(server.hq(), mia).json["user"]["active_tickets"], 2);
  EXPECT_EQ(patch(lead, mia, {{"name", "Mia"}}).json["user"]["active_tickets"], 1);
  json listed;
  const Answer list = server.get(lead, "/api/v1/users?members=true");
  for (const json& one : list.json["users"]) {
    if (one["id"] == mia) listed = one["active_tickets"];
  }
  EXPECT_EQ(listed, 1);

  const Answer refused = remove(lead, mia);
  EXPECT_EQ(refused.code(), "has_active_tickets") << refused.response.body;
  EXPECT_EQ(refused.json["tickets"], json{open});
  EXPECT_EQ(refused.json["count"], 1);
  EXPECT_EQ(refused.json["others"], true);
  const std::string detail = refused.json["detail"];
  EXPECT_NE(detail.find("1 unfinished tickets, and others that you may not see"), std::string::npos)
      << detail;
}

INSTANTIATE_TEST_SUITE_P(Databases, MembersTest, testing::Values(Backend::sqlite, Backend::mariadb),
                         backend_name);

}  // namespace
}  // namespace ccms::test
