#include <gtest/gtest.h>

#include <functional>
#include <map>
#include <set>

#include "server/jobs/change_sequencer.h"
#include "tests/server/support/staff_server.h"

namespace ccms::test {
namespace {

using nlohmann::json;

/// Three tickets, and who may see them: a defect of store S001 (repairs), spoiled food of S002 that is
/// collected at S001 (food_quality), and a confidential one about the people of S001 (people),
/// with something to collect at S003.
class VisibilityTest : public OnBothDatabases {
 protected:
  VisibilityTest() {
    ids_["defect"] = make([](json&) {});
    ids_["food"] = make([](json& r) {
      r["store"] = "S002";
      r["ticket"]["category"] = "spoiled_food";
      r["ticket"]["collect_at"] = "S001";
      r["ticket"]["custom"] = {{"felt_unwell", false}};
    });
    ids_["people"] = make([](json& r) {
      r["ticket"]["category"] = "staff_behaviour";
      r["ticket"]["collect_at"] = "S003";
    });
    ::ccms::server::ChangeSequencer(server.database(), "test").run_once(server.clock().now());
  }

  std::string make(const std::function<void(json&)>& change) {
    json request = StaffServer::ticket_request();
    change(request);
    return server.create_ticket(request)["ticket_id"];
  }

  struct Role {
    std::string name;
    Caller caller;
    std::set<std::string> sees;
  };
  std::vector<Role> roles() {
    return {{"hq", server.hq(), {"defect", "food", "people"}},
            {"repairs", server.staff_of("repairs"), {"defect"}},
            {"food", server.staff_of("food_quality"), {"food"}},
            {"people", server.staff_of("people"), {"people"}},
            {"two departments",
             server.sign_in_as("both", {{"department_staff", "repairs"}, {"department_staff", "people"}}),
             {"defect", "people"}},
            {"manager S001", server.manager_of("S001"), {"defect", "food"}},
            {"manager S002", server.manager_of("S002"), {"food"}},
            {"manager S003", server.manager_of("S003"), {}},
            {"client", server.client_with_key({{"department_staff", "repairs"}}), {"defect"}},
            {"no role", server.sign_in_as("none", {}), {}},
            {"unknown role", server.sign_in_as("odd", {{"emperor", ""}}), {}}};
  }

  std::map<std::string, std::string> ids_;
};

TEST_P(VisibilityTest, ListsCountsStatsAndChangesAgree) {
  for (const Role& role : roles()) {
    const Answer list = server.get(role.caller, "/api/v1/tickets");
    std::set<std::string> listed;
    for (const json& row : list.json["tickets"]) listed.insert(row["ticket_id"]);
    std::set<std::string> expected;
    for (const std::string& ticket : role.sees) expected.insert(ids_[ticket]);
    EXPECT_EQ(listed, expected) << role.name;
    EXPECT_EQ(list.json["count"], expected.size()) << role.name;
    EXPECT_EQ(server.get(role.caller, "/api/v1/tickets?customer_number=015123456789").json["count"],
              expected.size());

    const json stats = server.get(role.caller, "/api/v1/stats").json;
    EXPECT_EQ(stats["tickets"]["total"], expected.size()) << role.name;
    EXPECT_EQ(stats["notifications"]["by_state"].empty(), expected.empty()) << role.name;

    std::set<std::string> changed;
    const Answer changes = server.get(role.caller, "/api/v1/changes");
    for (const json& change : changes.json["changes"]) changed.insert(change["ticket_id"]);
    EXPECT_EQ(changed, expected) << role.name;
  }
}

TEST_P(VisibilityTest, WhatSomebodyMayNotSeeDoesNotExistAtAnyAddress) {
  for (const Role& role : roles()) {
    for (const auto& [ticket, id] : ids_) {
      const bool visible = role.sees.contains(ticket);
      const std::string address = "/api/v1/tickets/" + id;
      for (const char* part : {"", "/history", "/notifications"})
        EXPECT_EQ(server.get(role.caller, address + part).status, visible ? 200 : 404) << role.name << part;
      const int comment = server.post(role.caller, address + "/comments", {{"text", "hello"}}).status;
      EXPECT_EQ(comment, visible ? 201 : 404) << role.name;
      const int action = server.post(role.caller, address + "/actions", {{"action", "start"}}).status;
      EXPECT_EQ(action == 404, !visible) << role.name << action;
    }
  }
}

TEST_P(VisibilityTest, NothingWithoutSigningIn) {
  for (const char* target : {"/api/v1/tickets", "/api/v1/meta", "/api/v1/form", "/api/v1/users",
                             "/api/v1/stats", "/api/v1/changes", "/api/v1/session"})
    EXPECT_EQ(server.get({}, target).status, 401) << target;
}

INSTANTIATE_TEST_SUITE_P(Databases, VisibilityTest, testing::Values(Backend::sqlite, Backend::mariadb),
                         backend_name);

}  // namespace
}  // namespace ccms::test
