#include <set>

#include "tests/server/staff/people_chain.h"

namespace ccms::test {
namespace {

using nlohmann::json;

class ReassignmentTest : public PeopleChain {
 protected:
  Answer reassign(const Caller& caller, const std::string& from, const json& to,
                  const Headers& headers = {}) {
    return server.post(caller, "/api/v1/users/" + from + "/reassign", {{"to", to}, {"reason", "leaves us"}},
                       headers);
  }
  json last_event(const std::string& code) {
    const json history = server.get(server.hq(), "/api/v1/tickets/" + code + "/history").json;
    const json& events = history.is_object() ? history["events"] : history;
    json found;
    for (const json& event : events) {
      if (event["type"] == "assigned" || event["type"] == "declined") found = event;
    }
    return found;
  }

  const std::string mia_ = member("mia", {{"department_staff", "repairs"}});
  const std::string ben_ = member("ben", {{"department_staff", "repairs"}});
};

TEST_P(ReassignmentTest, EveryUnfinishedTicketMovesAsTheActionAssignMovesIt) {
  const std::string one = ticket_of(mia_);
  const std::string two = ticket_of(mia_);
  const std::string bens = ticket_of(ben_);
  const Answer moved = reassign(server.hq(), mia_, ben_);
  ASSERT_EQ(moved.status, 200) << moved.response.body;
  const std::set<std::string> codes = moved.json["moved"];
  EXPECT_EQ(codes, (std::set<std::string>{one, two}));
  EXPECT_EQ(moved.json["not_moved"], json::array());
  EXPECT_EQ(moved.json["out_of_sight"], 0);
  EXPECT_EQ(moved.json["more"], false);
  for (const std::string& code : {one, two}) {
    EXPECT_EQ(ticket(code)["assignee"]["id"], ben_);
    const json event = last_event(code);
    EXPECT_EQ(event["type"], "assigned");
    EXPECT_EQ(event["data"]["note"], "leaves us");
    EXPECT_EQ(event["actor"]["name"], "Name of hq");
  }
  EXPECT_EQ(last_action(), "user.tickets_reassigned");
  EXPECT_EQ(remove(server.hq(), mia_).status, 204);
  EXPECT_EQ(ticket(bens)["assignee"]["id"], ben_);
}

TEST_P(ReassignmentTest, GivenBackATicketIsNobodysAndStaysWhereItWas) {
  const std::string code = ticket_of(mia_);
  const json before = ticket(code);
  const Answer moved = reassign(server.hq(), mia_, nullptr);
  ASSERT_EQ(moved.status, 200) << moved.response.body;
  EXPECT_EQ(moved.json["moved"], json{code});
  const json after = ticket(code);
  EXPECT_FALSE(after.contains("assignee"));
  EXPECT_EQ(after["department"], before["department"]);
  EXPECT_EQ(after["state"], before["state"]);
  EXPECT_EQ(last_event(code)["type"], "declined");
  EXPECT_EQ(remove(server.hq(), mia_).status, 204);
}

TEST_P(ReassignmentTest, GivenBackATicketTakesTheWorkflowsOwnStepWhereThereIsOne) {
  const std::string code = ticket_of(mia_);
  const Answer started = server.post(server.sign_in_as("mia", {}), "/api/v1/tickets/" + code + "/actions",
                                     {{"action", "start"}});
  ASSERT_EQ(started.status, 200) << started.response.body;
  EXPECT_EQ(reassign(server.hq(), mia_, nullptr).json["moved"], json{code});
  EXPECT_FALSE(ticket(code).contains("assignee"));
  EXPECT_EQ(ticket(code)["state"]["id"], "open");
  EXPECT_EQ(last_event(code)["data"]["transition"], "decline");
}

TEST_P(ReassignmentTest, WhomAssignWouldNotAcceptGetsNothing) {
  const std::string code = ticket_of(mia_);
  const std::string loyalty = member("lou", {{"department_staff", "loyalty"}});
  const Answer refused = reassign(server.hq(), mia_, loyalty);
  ASSERT_EQ(refused.status, 200) << refused.response.body;
  EXPECT_EQ(refused.json["moved"], json::array());
  ASSERT_EQ(refused.json["not_moved"].size(), 1U);
  EXPECT_EQ(refused.json["not_moved"][0]["ticket"], code);
  EXPECT_EQ(refused.json["not_moved"][0]["code"], "wrong_department");
  EXPECT_EQ(ticket(code)["assignee"]["id"], mia_);
  EXPECT_EQ(audit(), json::array());

  EXPECT_EQ(reassign(server.hq(), mia_, "nobody").code(), "unknown_assignee");
  EXPECT_EQ(reassign(server.hq(), mia_, mia_).field(), "/to");
  EXPECT_EQ(server.post(server.hq(), "/api/v1/users/" + mia_ + "/reassign", {{"reason", "x"}}).field(),
            "/to");
}

TEST_P(ReassignmentTest, OneTicketThatCannotBeMovedKeepsNoOther) {
  const std::string movable = ticket_of(mia_);
  const std::string stuck = ticket_of(mia_);
  server.database().writer()->execute("UPDATE tickets SET department = 'loyalty' WHERE code = ?", {stuck});
  const Answer moved = reassign(server.hq(), mia_, ben_);
  EXPECT_EQ(moved.json["moved"], json{movable}) << moved.response.body;
  ASSERT_EQ(moved.json["not_moved"].size(), 1U);
  EXPECT_EQ(moved.json["not_moved"][0]["code"], "wrong_department");
  EXPECT_EQ(reassign(server.hq(), mia_, nullptr).json["moved"], json{stuck}) << "giving back always works";
}

TEST_P(ReassignmentTest, FromAStateThatKnowsNoAssigningATicketChangesHandsAllTheSame) {
  const std::string code = ticket_of(mia_);
  server.database().writer()->execute("UPDATE tickets SET state = 'new', state_type = 'new' WHERE code = ?",
                                      {code});
  const Answer moved = reassign(server.hq(), mia_, ben_);
  EXPECT_EQ(moved.json["moved"], json{code}) << moved.response.body;
  EXPECT_EQ(ticket(code)["assignee"]["id"], ben_);
  EXPECT_EQ(last_event(code)["data"]["assignee_role"], "department_staff");
}

TEST_P(ReassignmentTest, AReopenedTicketDoesNotComeBackToSomebodyWhoHasLeft) {
  const std::string code = ticket_of(mia_);
  const auto act = [&](const json& action) {
    return server.post(server.hq(), "/api/v1/tickets/" + code + "/actions", action).status;
  };
  ASSERT_EQ(act({{"action", "start"}}), 200);
  ASSERT_EQ(act({{"action", "close"}, {"resolution_code", "repaired"}, {"note", "New motor"}}), 200);
  ASSERT_EQ(remove(server.hq(), mia_).status, 204);
  ASSERT_EQ(act({{"action", "reopen"}, {"note", "It broke again"}}), 200);
  EXPECT_FALSE(ticket(code).contains("assignee"));
}

TEST_P(ReassignmentTest, WhoLooksAfterPeopleMovesNoTicketThatTheyMayNotSee) {
  const std::string code = ticket_of(mia_);
  const Answer blind = reassign(office(), mia_, nullptr);
  ASSERT_EQ(blind.status, 200) << blind.response.body;
  EXPECT_EQ(blind.json["out_of_sight"], 1);
  EXPECT_EQ(blind.response.body.find(code), std::string::npos);
  EXPECT_EQ(ticket(code)["assignee"]["id"], mia_);
  EXPECT_EQ(reassign(server.manager_of("S001"), mia_, nullptr).status, 403);
}

TEST_P(ReassignmentTest, SentAgainUnderItsKeyItMovesNothingMore) {
  ticket_of(mia_);
  const Answer first = reassign(server.hq(), mia_, ben_, {{"Idempotency-Key", "move"}});
  const std::string later = ticket_of(mia_);
  const Answer again = reassign(server.hq(), mia_, ben_, {{"Idempotency-Key", "move"}});
  EXPECT_EQ(again.response.body, first.response.body);
  EXPECT_EQ(ticket(later)["assignee"]["id"], mia_);
}

INSTANTIATE_TEST_SUITE_P(Databases, ReassignmentTest, testing::Values(Backend::sqlite, Backend::mariadb),
                         backend_name);

}  // namespace
}  // namespace ccms::test
