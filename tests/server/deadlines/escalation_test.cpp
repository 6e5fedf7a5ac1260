#include <thread>

#include "core/domain/ticket_code.h"
#include "server/deadlines/timer_queue.h"
#include "tests/server/deadlines/deadlines_fixture.h"

namespace ccms::test {
namespace {

using nlohmann::json;

class EscalationTest : public DeadlinesFixture {
 protected:
  EscalationTest() {
    with_mail("staff-customer_care", {{"department_staff", "customer_care"}}, "care@nordmarkt.example");
    with_mail("staff-repairs", {{"department_staff", "repairs"}}, "repairs@nordmarkt.example");
    with_mail("boss-s001", {{"store_manager", "S001"}}, "s001@nordmarkt.example");
    with_mail("boss-s002", {{"store_manager", "S002"}}, "s002@nordmarkt.example");
    with_mail("head", {{"hq", ""}}, "head@nordmarkt.example");
  }

  void with_mail(const std::string& login, std::vector<server::RoleGrant> roles, const std::string& email) {
    server.sign_in_as(login, std::move(roles));
    server.database().writer()->execute("UPDATE users SET email = ? WHERE login = ?", {email, login});
  }

  std::vector<std::string> steps(const json& made) {
    std::vector<std::string> names;
    for (const auto& event : events(made, "escalated")) names.push_back(event["step"]);
    return names;
  }
};

TEST_P(EscalationTest, TheLadderIsClimbedStepByStepAndTellsThoseWhoAnswerForTheTicket) {
  go_to("2026-11-23T09:00:00.000Z");
  const json made = create();
  act(made, {{"action", "start"}});
  go_to("2026-11-27T16:00:00.000Z");  // of five days, more than three quarters are gone
  look();
  EXPECT_EQ(steps(made), std::vector<std::string>{"remind"});
  auto told = messages(made, "escalated");
  ASSERT_EQ(told.size(), 1U);
  EXPECT_EQ(told[0]["audience"], "staff");
  EXPECT_EQ(told[0]["channel"], "email");
  EXPECT_NE(told[0]["text"].get<std::string>().find("2026-11-28 13:00"), std::string::npos)
      << "Hamburg's time: " << told[0]["text"];

  go_to("2026-11-28T12:00:00.000Z");
  look();
  EXPECT_EQ(steps(made), (std::vector<std::string>{"remind", "late"}));
  EXPECT_EQ(messages(made, "escalated").size(), 3U)
      << "department and manager of the ticket's own store: " << json(events(made, "escalated"));

  go_to("2026-11-30T17:00:00.000Z");
  look();
  EXPECT_EQ(steps(made), (std::vector<std::string>{"remind", "late", "head_office"}));
}

TEST_P(EscalationTest, AStepCanRaiseThePriorityAndHandTheTicketOn) {
  json chain = json::parse(sample_settings());
  auto& late = chain["escalation"]["ladders"][0]["steps"][1];
  late["set_priority"] = "urgent";
  late["assign"] = {{"department", "store_operations"}};
  server.publish(chain.dump());
  go_to("2026-11-23T09:00:00.000Z");
  const json made = create();
  go_to("2026-11-28T12:00:00.000Z");
  look();
  const json raised = ticket(made);
  EXPECT_EQ(raised["priority"], "urgent");
  EXPECT_EQ(raised["department"], "store_operations");
  EXPECT_EQ(raised["breached_at"], made["next_deadline_at"]) << "the first answer was late before";
}

TEST_P(EscalationTest, ADigestIsOneMessageInTheMorningForAllThatIsLate) {
  json chain = json::parse(sample_settings());
  chain["escalation"]["ladders"][0]["steps"][0]["digest"] = true;
  server.publish(chain.dump());
  go_to("2026-11-23T09:00:00.000Z");
  const json first = create();
  const json second = create();
  go_to("2026-11-27T16:00:00.000Z");  // three quarters are gone
  look();
  while (server.send_notifications() > 0) {
  }
  const auto before = server.sent_messages().size();
  go_to("2026-11-28T07:00:00.000Z");  // eight in Hamburg
  while (server.send_notifications() > 0) {
  }
  const auto sent = server.sent_messages();
  ASSERT_EQ(sent.size(), before + 1);
  const auto text = sent.back()["text"].get<std::string>();
  for (const json& made : {first, second}) {
    EXPECT_NE(text.find(domain::TicketCode::parse(made["code"].get<std::string>())->display()),
              std::string::npos)
        << text;
    EXPECT_EQ(messages(made, "escalated").at(0)["state"], "sent");
  }
}

TEST_P(EscalationTest, StepsThatBringEachOtherAboutForEverComeToAnEndForTheDay) {
  json chain = json::parse(sample_settings());
  chain["turn_around_times"] = {{{"id", "short"},
                                 {"name", {{"en", "Short"}, {"de", "Kurz"}}},
                                 {"clock", "resolution"},
                                 {"maximum", {{"unit", "hours"}, {"amount", 4}}},
                                 {"on_change", "restart"}}};
  const auto step = [](const char* id, int hours, const char* priority) {
    return json{
        {"id", id}, {"at", {{"before", {{"unit", "hours"}, {"amount", hours}}}}}, {"set_priority", priority}};
  };
  chain["escalation"]["ladders"] = {{{"id", "mad"},
                                     {"name", {{"en", "Mad"}, {"de", "Irr"}}},
                                     {"steps", {step("a", 24, "high"), step("b", 12, "urgent")}}}};
  server.publish(chain.dump());
  server.restart();
  go_to("2026-11-23T09:00:00.000Z");
  const json made = create();
  look();
  const auto taken = steps(made).size();
  EXPECT_GT(taken, 2U);
  EXPECT_LE(taken, 50U);
  go_to("2026-11-23T12:00:00.000Z");
  look();
  EXPECT_EQ(steps(made).size(), taken);
  EXPECT_EQ(server.post(server.hq(), address(made, "/comments"), {{"text", "Still here"}}).status, 201);
}

TEST_P(EscalationTest, ALadderThatHasAnotherNameNowIsClimbedAsTheTicketKnewIt) {
  go_to("2026-11-23T09:00:00.000Z");
  const json made = create();
  json chain = json::parse(sample_settings());
  chain["escalation"]["ladders"][0]["id"] = "complaints";
  server.publish(chain.dump());
  server.restart();
  act(made, {{"action", "start"}});
  go_to("2026-11-27T16:00:00.000Z");
  look();
  EXPECT_EQ(steps(made), std::vector<std::string>{"remind"});
  EXPECT_EQ(messages(made, "escalated").size(), 1U);
}

TEST_P(EscalationTest, AnOldLadderLeavesUndoneWhatNamesADepartmentOrPriorityThatIsGone) {
  json chain = json::parse(sample_settings());
  chain["departments"].push_back({{"id", "outlet"},
                                  {"name", {{"en", "Outlet"}, {"de", "Outlet"}}},
                                  {"email", "outlet@nordmarkt.example"}});
  chain["priorities"].push_back(
      {{"id", "extreme"}, {"label", {{"en", "Extreme"}, {"de", "Extrem"}}}, {"rank", 5}});
  auto& late = chain["escalation"]["ladders"][0]["steps"][1];
  late["set_priority"] = "extreme";
  late["assign"] = {{"department", "outlet"}};
  server.publish(chain.dump());
  server.restart();
  go_to("2026-11-23T09:00:00.000Z");
  const json made = create();
  json without = json::parse(sample_settings());
  without["escalation"]["ladders"][0]["id"] = "complaints";
  server.publish(without.dump());
  server.restart();
  go_to("2026-11-28T12:00:00.000Z");
  look();
  const auto taken = events(made, "escalated");
  ASSERT_EQ(taken.size(), 2U);
  EXPECT_EQ(taken[1]["no_such_priority"], "extreme");
  EXPECT_EQ(taken[1]["no_such_department"], "outlet");
  EXPECT_FALSE(taken[1].contains("priority") || taken[1].contains("department")) << taken[1];
  EXPECT_EQ(messages(made, "escalated").size(), 3U) << "people are told all the same";
  const json left = ticket(made);
  EXPECT_EQ(left["priority"], made["priority"]);
  EXPECT_EQ(left["department"], made["department"]);
}

TEST_P(EscalationTest, AStepThatNobodyAcknowledgesBringsTheNextOneAtOnce) {
  json chain = json::parse(sample_settings());
  chain["escalation"]["ladders"][0]["steps"][0]["acknowledge_within"] = {{"unit", "hours"}, {"amount", 1}};
  server.publish(chain.dump());
  go_to("2026-11-23T09:00:00.000Z");
  const json ignored = create();
  const json seen = create();
  const json worked_on = create();
  const auto acknowledge = [&](const json& made) {
    return server.post(server.hq(), address(made, "/acknowledgements"), json::object());
  };
  EXPECT_EQ(acknowledge(seen).status, 200);
  EXPECT_TRUE(events(seen, "acknowledged").empty()) << "there was nothing to acknowledge";
  go_to("2026-11-27T16:00:00.000Z");  // three quarters are gone
  look();
  EXPECT_EQ(acknowledge(seen).status, 200);
  EXPECT_EQ(acknowledge(seen).status, 200);
  EXPECT_EQ(events(seen, "acknowledged").size(), 1U) << "once is enough";
  act(worked_on, {{"action", "start"}});
  go_to("2026-11-27T17:01:00.000Z");
  look();
  EXPECT_EQ(steps(ignored), (std::vector<std::string>{"remind", "late"}));
  EXPECT_EQ(steps(seen), std::vector<std::string>{"remind"});
  EXPECT_EQ(steps(worked_on), std::vector<std::string>{"remind"}) << "who works on it has seen it";
}

TEST_P(EscalationTest, EachStepIsTakenOnceHoweverOftenAndByWhomItIsLookedAt) {
  go_to("2026-11-23T09:00:00.000Z");
  std::vector<json> made;
  for (int i = 0; i < 6; ++i) made.push_back(create());
  go_to("2026-11-28T12:00:00.000Z");
  std::vector<std::thread> processes;
  for (int i = 0; i < 3; ++i) processes.emplace_back([&] { look(); });
  for (auto& process : processes) process.join();
  look();
  for (const auto& ticket : made) {
    EXPECT_EQ(steps(ticket), (std::vector<std::string>{"remind", "late"}));
    EXPECT_EQ(events(ticket, "breached").size(), 2U);
  }
}

TEST_P(EscalationTest, WhatAProcessHadClaimedWhenItDiedIsDoneByAnother) {
  go_to("2026-11-23T09:00:00.000Z");
  const json made = create();
  go_to("2026-11-28T12:00:00.000Z");
  {
    const auto writer = server.database().writer();
    const auto due = server::due_timers(*writer, server.clock().now(), 10);
    ASSERT_EQ(due.size(), 1U);
    ASSERT_TRUE(server::claim_timer(*writer, due[0], server.clock().now() + std::chrono::minutes(5)));
    EXPECT_FALSE(server::claim_timer(*writer, due[0], server.clock().now() + std::chrono::minutes(5)));
  }
  EXPECT_EQ(look(), 0U) << "claimed";
  server.clock().advance(std::chrono::minutes(5));
  look();
  EXPECT_EQ(steps(made), (std::vector<std::string>{"remind", "late"}));
}

TEST_P(EscalationTest, AtNightTheMessageWaitsForTheMorning) {
  json round_the_clock = json::parse(sample_settings());
  round_the_clock["turn_around_times"][3]["maximum"] = {{"unit", "hours"}, {"amount", 12}};
  round_the_clock["turn_around_times"][3]["minimum"]["otherwise"] = {{"unit", "hours"}, {"amount", 6}};
  server.publish(round_the_clock.dump());
  go_to("2026-11-23T10:00:00.000Z");
  const json made = create();
  go_to("2026-11-23T22:00:00.000Z");
  look();
  EXPECT_EQ(steps(made), (std::vector<std::string>{"remind", "late"}));
  EXPECT_EQ(server.count("SELECT MIN(due_at) FROM notifications WHERE trigger_on = 'escalated'"),
            domain::to_epoch_ms(at("2026-11-24T06:00:00.000Z")))
      << "7:00 in Hamburg";
}

TEST_P(EscalationTest, ARoleThatUsesUpItsTimeIsReported) {
  json chain = json::parse(sample_settings());
  chain["role_times"] = {
      {{"role", "department_staff"},
       {"response", {{"unit", "working_hours"}, {"amount", 2}}},
       {"alerts", {{{"at_percent", 50}, {"emails", {"lead@nordmarkt.example"}}, {"template", "late"}}}}}};
  server.publish(chain.dump());
  go_to("2026-11-23T09:00:00.000Z");
  const json made = create();
  const json taken_on = create();
  act(taken_on, {{"action", "start"}});
  go_to("2026-11-23T10:00:00.000Z");
  look();
  EXPECT_EQ(steps(made), std::vector<std::string>{"percent:50"});
  EXPECT_EQ(messages(made, "escalated").size(), 1U);
  EXPECT_TRUE(steps(taken_on).empty());
}

TEST_P(EscalationTest, AnAlertOfARoleWhosePercentageChangesIsGivenForTicketsUnderWay) {
  const auto alerting = [](int percent, const char* address) {
    json chain = json::parse(sample_settings());
    chain["role_times"] = {
        {{"role", "department_staff"},
         {"response", {{"unit", "working_hours"}, {"amount", 2}}},
         {"alerts", {{{"at_percent", percent}, {"emails", {address}}, {"template", "late"}}}}}};
    return chain.dump();
  };
  server.publish(alerting(50, "lead@nordmarkt.example"));
  server.restart();
  go_to("2026-11-23T09:00:00.000Z");
  const json made = create();
  server.publish(alerting(80, "head@nordmarkt.example"));
  server.restart();
  go_to("2026-11-23T10:00:00.000Z");
  look();
  const auto taken = events(made, "escalated");
  ASSERT_EQ(taken.size(), 1U);
  EXPECT_EQ(taken[0]["told"], json({"l•••@nordmarkt.example"}));
}

TEST_P(EscalationTest, ARoleWhosePeopleHaveNoAddressIsNamed) {
  go_to("2026-11-23T09:00:00.000Z");
  const json made = create();
  server.database().writer()->execute("UPDATE users SET email = NULL WHERE login = 'staff-customer_care'");
  go_to("2026-11-28T12:00:00.000Z");
  look();
  const auto taken = events(made, "escalated");
  ASSERT_EQ(taken.size(), 2U);
  EXPECT_EQ(taken[0]["told"], json::array());
  EXPECT_EQ(taken[0]["no_address"], json({"department_staff"}));
  EXPECT_FALSE(taken[0].contains("nobody_in")) << "somebody is there";
  EXPECT_EQ(taken[1]["told"], json({"Name of boss-s001"}));
  EXPECT_EQ(taken[1]["no_address"], json({"department_staff"}));
}

TEST_P(EscalationTest, NoStoreHearsOfAConfidentialTicket) {
  go_to("2026-11-23T09:00:00.000Z");
  with_mail("staff-people", {{"department_staff", "people"}}, "people@nordmarkt.example");
  const json made = create("staff_behaviour");
  go_to("2026-11-28T12:00:00.000Z");
  look();
  const auto taken = events(made, "escalated");
  ASSERT_GE(taken.size(), 2U);
  EXPECT_EQ(taken[1]["told"], json({"Name of staff-people"}));
  EXPECT_EQ(taken[1]["nobody_in"], json({"store_manager"}));
  EXPECT_EQ(server.count("SELECT COUNT(*) FROM notifications WHERE recipient = 's001@nordmarkt.example'"), 0);
}

TEST_P(EscalationTest, ATicketThatWasClosedWhileTheJobWasOnItsWayIsLeftAlone) {
  go_to("2026-11-23T09:00:00.000Z");
  const json made = create();
  act(made, {{"action", "start"}});
  go_to("2026-11-28T12:00:00.000Z");
  // Another process, whose clock is ahead by a second, closes it: for this one that is still to come.
  server.clock().advance(std::chrono::seconds(1));
  act(made, {{"action", "close"}, {"resolution_code", "informed"}, {"note", "Explained"}});
  server.clock().advance(-std::chrono::seconds(1));
  server::set_timer(*server.database().writer(), made["ticket_id"], server.clock().now());
  look();
  EXPECT_TRUE(steps(made).empty());
  EXPECT_FALSE(ticket(made).contains("next_deadline_at"));
}

TEST_P(EscalationTest, OneDamagedTicketKeepsNoOtherWaiting) {
  go_to("2026-11-23T09:00:00.000Z");
  const json damaged = create();
  const json sound = create();
  server.database().writer()->execute("UPDATE tickets SET proof = '{' WHERE ticket_id = ?",
                                      {damaged["ticket_id"].get<std::string>()});
  go_to("2026-11-28T12:00:00.000Z");
  look();
  EXPECT_EQ(steps(sound), (std::vector<std::string>{"remind", "late"}));
}

TEST_P(EscalationTest, WhoIsToldIsWhatTheLadderSaysToday) {
  go_to("2026-11-23T09:00:00.000Z");
  const json made = create();
  json chain = json::parse(sample_settings());
  auto& steps_of_today = chain["escalation"]["ladders"][0]["steps"];
  steps_of_today[0]["notify"] = {
      {"addresses", {"new.lead@nordmarkt.example"}}, {"channels", {"email"}}, {"template", "due_soon"}};
  steps_of_today.erase(1);
  server.publish(chain.dump());
  go_to("2026-11-28T12:00:00.000Z");
  look();
  const auto taken = events(made, "escalated");
  ASSERT_EQ(taken.size(), 2U);
  EXPECT_EQ(taken[0]["told"], json({"n•••@nordmarkt.example"}));
  EXPECT_EQ(taken[1]["step"], "late");
  EXPECT_EQ(taken[1]["told"], json::array()) << "the ladder has this step no more";
}

TEST_P(EscalationTest, WhatWaitsToBeSaidIsNotSaidOnceTheTicketIsDone) {
  json chain = json::parse(sample_settings());
  chain["escalation"]["quiet_hours"] = {{"from", "00:00"}, {"until", "23:59"}};
  server.publish(chain.dump());
  go_to("2026-11-23T09:00:00.000Z");
  const json made = create();
  act(made, {{"action", "start"}});
  go_to("2026-11-28T12:00:00.000Z");
  look();
  EXPECT_EQ(messages(made, "escalated")[0]["state"], "pending");
  act(made, {{"action", "close"}, {"resolution_code", "informed"}, {"note", "Explained"}});
  for (const auto& message : messages(made, "escalated")) EXPECT_EQ(message["state"], "cancelled");
}

TEST_P(EscalationTest, NothingIsDoneAboutTrainingAndFinishedTickets) {
  go_to("2026-11-23T09:00:00.000Z");
  const json made = create();
  act(made, {{"action", "start"}});
  act(made, {{"action", "close"}, {"resolution_code", "informed"}, {"note", "Explained"}});
  go_to("2026-12-23T09:00:00.000Z");
  look();
  EXPECT_TRUE(steps(made).empty());
}

INSTANTIATE_TEST_SUITE_P(Databases, EscalationTest, testing::Values(Backend::sqlite, Backend::mariadb),
                         backend_name);

}  // namespace
}  // namespace ccms::test
