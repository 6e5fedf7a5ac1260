#include "tests/server/staff/people_chain.h"

namespace ccms::test {
namespace {

using nlohmann::json;

class WorkspacesTest : public PeopleChain {
 protected:
  Answer save(const Caller& caller, const std::string& id, const json& workspace) {
    return server.call(caller, "PUT", "/api/v1/workspaces/" + id, workspace.dump());
  }
  static json north() {
    return {{"name", "North"}, {"departments", {"repairs", "loyalty"}}, {"stores", {"S001", "S002"}}};
  }
  Answer invite(const Caller& caller, const std::string& role) {
    return server.post(caller, "/api/v1/invitations",
                       {{"addresses", {role + "@example.com"}}, {"role", role}, {"workspace", "north"}});
  }
};

TEST_P(WorkspacesTest, AWorkspaceIsSavedListedAndRemoved) {
  const Answer saved = save(server.hq(), "north", north());
  ASSERT_EQ(saved.status, 200) << saved.response.body;
  EXPECT_EQ(last_action(), "workspace.saved");
  json changed = north();
  changed["stores"] = {"S001"};
  ASSERT_EQ(save(server.hq(), "north", changed).status, 200);
  const json listed = server.get(server.hq(), "/api/v1/workspaces").json["workspaces"];
  ASSERT_EQ(listed.size(), 1U);
  EXPECT_EQ(listed[0], (json{{"id", "north"},
                             {"name", "North"},
                             {"departments", {"repairs", "loyalty"}},
                             {"stores", {"S001"}}}));
  EXPECT_EQ(server.call(server.hq(), "DELETE", "/api/v1/workspaces/north").status, 204);
  EXPECT_EQ(last_action(), "workspace.removed");
  EXPECT_EQ(server.call(server.hq(), "DELETE", "/api/v1/workspaces/north").status, 404);
  EXPECT_EQ(server.get(server.hq(), "/api/v1/workspaces").json["workspaces"], json::array());
}

TEST_P(WorkspacesTest, WhoIsInvitedIntoOneGetsTheRoleForEachOfItsPlaces) {
  ASSERT_EQ(save(server.hq(), "north", north()).status, 200);
  const json manager = invite(server.hq(), "store_manager").json["invitations"][0]["invitation"];
  EXPECT_EQ(manager["roles"], (json{{{"role", "store_manager"}, {"scope", "S001"}},
                                    {{"role", "store_manager"}, {"scope", "S002"}}}));
  const json staff = invite(server.hq(), "department_staff").json["invitations"][0]["invitation"];
  EXPECT_EQ(staff["roles"], (json{{{"role", "department_staff"}, {"scope", "repairs"}},
                                  {{"role", "department_staff"}, {"scope", "loyalty"}}}));
  EXPECT_EQ(invite(server.hq(), "hq").field(), "/workspace");
  EXPECT_EQ(invite(lead_of("hamburg"), "department_staff").code(), "beyond_own_permissions");
}

TEST_P(WorkspacesTest, WhatTheSettingsDoNotKnowIsRefused) {
  const auto refused = [&](const char* member, const json& value, const char* field) {
    json workspace = north();
    workspace[member] = value;
    const Answer answer = save(server.hq(), "north", workspace);
    EXPECT_EQ(answer.status, 422) << answer.response.body;
    EXPECT_EQ(answer.field(), field);
  };
  refused("stores", {"S001", "S999"}, "/stores/1");
  refused("departments", {"sorcery"}, "/departments/0");
  refused("name", "", "/name");
  EXPECT_EQ(save(server.hq(), "north", {{"name", "Empty"}}).status, 422);
  EXPECT_EQ(save(server.hq(), "a%20b", north()).status, 422);
}

TEST_P(WorkspacesTest, TheyAreMadeForTheChainAndSeenByWhoInvites) {
  ASSERT_EQ(save(office(), "north", north()).status, 200);
  EXPECT_EQ(save(lead_of("hamburg"), "north", north()).status, 403);
  EXPECT_EQ(server.get(lead_of("hamburg"), "/api/v1/workspaces").status, 200);
  EXPECT_EQ(server.get(server.manager_of("S001"), "/api/v1/workspaces").status, 403);
}

INSTANTIATE_TEST_SUITE_P(Databases, WorkspacesTest, testing::Values(Backend::sqlite, Backend::mariadb),
                         backend_name);

}  // namespace
}  // namespace ccms::test
