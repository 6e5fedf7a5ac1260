#include <thread>

#include "tests/server/deadlines/deadlines_fixture.h"

namespace ccms::test {
namespace {

using nlohmann::json;

class AutomaticAssignmentTest : public DeadlinesFixture {
 protected:
  AutomaticAssignmentTest() { go_to("2026-11-23T09:00:00.000Z"); }

  /// Lets customer care assign by itself, to three people; with more steps in the workflow.
  void assign(const json& assignment, const std::vector<json>& more_steps = {}) {
    json chain = json::parse(sample_settings());
    for (const json& step : more_steps) chain["workflows"][0]["transitions"].push_back(step);
    for (json& department : chain["departments"]) {
      if (department["id"] == "customer_care") department["assignment"] = assignment;
    }
    chain["notifications"]["rules"].push_back({{"id", "assigned"},
                                               {"on", "step"},
                                               {"steps", {"assign"}},
                                               {"to", "assignee"},
                                               {"channels", {"email"}},
                                               {"template", "department_created"}});
    server.publish(chain.dump());
    server.restart();
    for (const char* name : {"anna", "ben", "cleo"}) {
      server.sign_in_as(name, {{"department_staff", "customer_care"}});
      server.database().writer()->execute("UPDATE users SET email = ? WHERE login = ?",
                                          {std::string(name) + "@nordmarkt.example", name});
    }
  }
  std::string assignee_of(const json& made) {
    const json known = ticket(made)["assignee"];
    if (known.is_null()) return "";
    const std::string id = known.is_object() ? known["id"] : known;
    return server.text("SELECT login FROM users WHERE user_id = ?", {id});
  }
  std::string next() {
    server.clock().advance(std::chrono::minutes(1));
    return assignee_of(create());
  }
  void send_away(const std::string& login) {
    const json away = {{"from", "2026-11-23T00:00:00.000Z"}, {"until", "2026-11-24T00:00:00.000Z"}};
    const Answer said =
        server.call(server.hq(), "PUT", "/api/v1/users/" + server.user_id_of(login) + "/absences",
                    json{{"absences", {away}}}.dump());
    ASSERT_EQ(said.status, 200) << said.response.body;
  }
};

TEST_P(AutomaticAssignmentTest, WithoutASettingNobodyIsAssigned) {
  server.staff_of("customer_care");
  const json made = create();
  EXPECT_EQ(assignee_of(made), "");
  EXPECT_TRUE(events(made, "assigned").empty());
  EXPECT_TRUE(events(made, "not_assigned").empty());
}

TEST_P(AutomaticAssignmentTest, RoundRobinGoesThroughThePeopleInTurn) {
  assign({{"by", "round_robin"}});
  std::vector<std::string> first = {next(), next(), next()};
  EXPECT_EQ((std::vector<std::string>{next(), next(), next()}), first);
  std::sort(first.begin(), first.end());
  EXPECT_EQ(first, (std::vector<std::string>{"anna", "ben", "cleo"}));
}

TEST_P(AutomaticAssignmentTest, ATurnThatAPersonGaveCountsToo) {
  assign({{"by", "round_robin"}});
  const std::string first = next();
  const std::string second = next();
  const std::string third = next();
  server.clock().advance(std::chrono::minutes(1));
  const json made = create();
  EXPECT_EQ(assignee_of(made), first);
  server.clock().advance(std::chrono::minutes(1));
  act(made, {{"action", "assign"}, {"assignee", server.user_id_of(second)}});
  EXPECT_EQ(next(), third);
}

TEST_P(AutomaticAssignmentTest, LeastLoadCountsWhatIsNotFinished) {
  assign({{"by", "least_load"}});
  const json done = create();
  const std::string quick = assignee_of(done);
  next();
  next();
  act(done, {{"action", "start"}});
  act(done, {{"action", "close"}, {"resolution_code", "repaired"}, {"note", "Done"}});
  EXPECT_EQ(next(), quick) << "the others have one each";
}

TEST_P(AutomaticAssignmentTest, TheEventSaysByWhatAndTheAssigneeIsTold) {
  assign({{"by", "least_load"}});
  const json made = create();
  const auto assigned = events(made, "assigned");
  ASSERT_EQ(assigned.size(), 1U);
  EXPECT_EQ(assigned[0]["by"], "least_load");
  EXPECT_EQ(assigned[0]["assignee_role"], "department_staff");
  EXPECT_EQ(server.user_id_of(assignee_of(made)), assigned[0]["assignee"]);
  const auto told = messages(made, "step");
  ASSERT_EQ(told.size(), 1U);
  EXPECT_EQ(server.text("SELECT recipient FROM notifications WHERE trigger_on = 'step'"),
            assignee_of(made) + "@nordmarkt.example");
}

TEST_P(AutomaticAssignmentTest, WhoIsAwayIsSkippedAndWhereAllAreTheHistorySaysSo) {
  assign({{"by", "round_robin"}});
  send_away("anna");
  send_away("cleo");
  EXPECT_EQ(next(), "ben");
  EXPECT_EQ(next(), "ben");
  send_away("ben");
  const json made = create();
  EXPECT_EQ(assignee_of(made), "");
  const auto said = events(made, "not_assigned");
  ASSERT_EQ(said.size(), 1U);
  EXPECT_EQ(said[0],
            (json{{"by", "round_robin"}, {"department", "customer_care"}, {"because", "everybody_absent"}}));
}

TEST_P(AutomaticAssignmentTest, NobodyGetsATicketOffShift) {
  const std::string region = json::parse(sample_settings())["regions"][0]["id"];
  const json hours = {{{"days", {"mon"}}, {"from", "14:00"}, {"to", "16:00"}}};
  assign({{"by", "round_robin"}, {"shifts", {{{"id", "late"}, {"region", region}, {"hours", hours}}}}});
  const json early = create();
  EXPECT_EQ(assignee_of(early), "");
  EXPECT_EQ(events(early, "not_assigned").at(0)["because"], "nobody_on_shift");
  go_to("2026-11-23T14:30:00.000Z");
  EXPECT_NE(next(), "");
}

TEST_P(AutomaticAssignmentTest, WhoComesToWorkGetsWhatWaitedAndTheHistorySaysOnceThatItDid) {
  const std::string region = json::parse(sample_settings())["regions"][0]["id"];
  const json hours = {{{"days", {"mon"}}, {"from", "14:00"}, {"to", "16:00"}}};
  assign({{"by", "round_robin"}, {"shifts", {{{"id", "late"}, {"region", region}, {"hours", hours}}}}});
  const json early = create();
  const json version = ticket(early)["version"];
  go_to("2026-11-23T09:06:00.000Z");
  EXPECT_EQ(look(), 1U);
  EXPECT_EQ(ticket(early)["version"], version) << "whoever is about to change it need not look again";
  go_to("2026-11-23T14:30:00.000Z");
  look();
  EXPECT_NE(assignee_of(early), "");
  EXPECT_EQ(events(early, "not_assigned").size(), 1U);
  EXPECT_EQ(events(early, "assigned").size(), 1U);
  EXPECT_EQ(messages(early, "step").size(), 1U) << "the assignee is told as ever";
  EXPECT_EQ(server.count("SELECT COUNT(*) FROM waiting_tickets"), 0);
}

TEST_P(AutomaticAssignmentTest, WhatSomebodyGaveBackIsForAPersonToGiveOn) {
  const json decline = {{"id", "decline"},
                        {"action", "decline"},
                        {"label", {{"en", "Give back"}, {"de", "Zurückgeben"}}},
                        {"from", {"open"}},
                        {"who", {"hq"}}};
  assign({{"by", "round_robin"}}, {decline});
  for (const char* name : {"anna", "ben", "cleo"}) send_away(name);
  const json made = create();
  act(made, {{"action", "assign"}, {"assignee", server.user_id_of("anna")}});
  act(made, {{"action", "decline"}});
  go_to("2026-11-24T09:00:00.000Z");
  look();
  EXPECT_EQ(assignee_of(made), "");
}

TEST_P(AutomaticAssignmentTest, ThoseWhoAssignAtOnceDoNotChooseTheSamePerson) {
  assign({{"by", "least_load"}});
  const Caller hq = server.hq();
  json request = StaffServer::ticket_request();
  request["ticket"]["category"] = "other";
  constexpr int kAtOnce = 4;
  constexpr int kEach = 6;
  std::vector<std::thread> callers;
  for (int caller = 0; caller < kAtOnce; ++caller) {
    callers.emplace_back([&, caller] {
      for (int i = 0; i < kEach; ++i) {
        const std::string key = "at-once-" + std::to_string(caller) + "-" + std::to_string(i);
        const auto made = server.post(hq, "/api/v1/tickets", request, {{"Idempotency-Key", key}});
        EXPECT_EQ(made.status, 201) << made.response.body;
      }
    });
  }
  for (auto& caller : callers) caller.join();
  EXPECT_EQ(
      server.count("SELECT COUNT(*) FROM (SELECT assignee FROM tickets GROUP BY assignee HAVING COUNT(*) "
                   "= 8) AS everybody"),
      3);
}

TEST_P(AutomaticAssignmentTest, ATicketThatIsMovedThereIsAssignedToo) {
  assign({{"by", "round_robin"}});
  server.staff_of("repairs");
  const json made = create("defective");
  ASSERT_EQ(ticket(made)["department"], "repairs");
  EXPECT_EQ(assignee_of(made), "");
  act(made, {{"action", "assign"}, {"department", "customer_care"}});
  EXPECT_NE(assignee_of(made), "");
  EXPECT_EQ(events(made, "assigned").size(), 2U) << "by a person to the department, by itself to somebody";
}

TEST_P(AutomaticAssignmentTest, WhoWasNamedKeepsIt) {
  assign({{"by", "round_robin"}});
  const json made = create("defective");
  act(made, {{"action", "assign"}, {"department", "customer_care"}, {"assignee", server.user_id_of("cleo")}});
  EXPECT_EQ(assignee_of(made), "cleo");
  EXPECT_EQ(events(made, "assigned").size(), 1U);
}

INSTANTIATE_TEST_SUITE_P(Databases, AutomaticAssignmentTest,
                         testing::Values(Backend::sqlite, Backend::mariadb), backend_name);

}  // namespace
}  // namespace ccms::test
