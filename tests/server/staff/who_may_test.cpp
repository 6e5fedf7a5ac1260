#include <gmock/gmock.h>

#include "tests/server/staff/people_chain.h"

namespace ccms::test {
namespace {

using nlohmann::json;
using testing::Contains;
using testing::Not;

/// Who may work on tickets, and who may take them in, where several roles of one person meet.
class WhoMayTest : public PeopleChain {
 protected:
  std::vector<std::string> listed_for(const std::string& department) {
    std::vector<std::string> ids;
    const Answer users = server.get(server.hq(), "/api/v1/users?department=" + department);
    for (const json& user : users.json["users"]) ids.push_back(user["id"]);
    return ids;
  }
  /// The chain of PeopleChain with a workflow that says who takes in its tickets, and who resolves them.
  void publish_with(const json& people) {
    json document = json::parse(server.get(server.hq(), "/api/v1/settings/versions/2").response.body);
    document["workflows"][0].update(people);
    server.publish(document.dump());
    server.restart();
  }
};

TEST_P(WhoMayTest, ColleaguesOfADepartmentAreThoseWhomATicketCanBeAssignedTo) {
  const std::string repairer = member("repairer", {{"department_staff", "repairs"}});
  const std::string baker = member("baker", {{"department_staff", "food_quality"}});
  const std::string manager = member("manager", {{"store_manager", "S001"}});
  const std::string boss = member("boss", {{"hq", ""}});
  EXPECT_THAT(listed_for("repairs"), Contains(repairer));
  EXPECT_THAT(listed_for("repairs"), Contains(boss)) << "who is there for the whole chain is there too";
  EXPECT_THAT(listed_for("repairs"), Not(Contains(baker)));
  EXPECT_THAT(listed_for("repairs"), Not(Contains(manager)));
  EXPECT_TRUE(listed_for("moon").empty());

  publish_with({{"resolvers", {"store_manager"}}});
  EXPECT_THAT(listed_for("repairs"), Contains(manager)) << "the workflow names its resolvers";
  EXPECT_THAT(listed_for("repairs"), Not(Contains(repairer)));
}

TEST_P(WhoMayTest, OneRoleMustLetSomebodyTakeInATicketAtThatStore) {
  publish_with({{"creators", {"area_lead"}}});
  json request = StaffServer::ticket_request();
  // A lead of Hamburg who also manages a store elsewhere: the two do not add up to a lead of that store.
  const Caller both = server.sign_in_as("both", {{"store_manager", "S008"}, {"area_lead", "hamburg"}});
  request["store"] = "S008";
  EXPECT_EQ(server.post(both, "/api/v1/tickets", request, {{"Idempotency-Key", "elsewhere"}}).code(),
            "role_not_allowed");
  request["store"] = "S001";
  EXPECT_EQ(server.post(both, "/api/v1/tickets", request, {{"Idempotency-Key", "here"}}).status, 201);
}

INSTANTIATE_TEST_SUITE_P(Databases, WhoMayTest, testing::Values(Backend::sqlite, Backend::mariadb),
                         backend_name);

}  // namespace
}  // namespace ccms::test
