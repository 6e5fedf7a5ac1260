#include "server/deadlines/deadlines.h"
#include "core/db/db_error.h"
#include "core/db/transaction.h"
#include "server/app/database.h"
#include "server/deadlines/timers.h"
#include "server/settings/settings_store.h"
#include "server/settings/timed_steps.h"
#include "server/settings/version_table.h"
#include "server/store/ticket_record.h"
#include "tests/server/deadlines/deadlines_fixture.h"

namespace ccms::test {
namespace {

using nlohmann::json;

/// In the sample chain a ticket of store S001 has five working days, Monday to Saturday, in Hamburg's hours.
class DeadlinesTest : public DeadlinesFixture {
 protected:
  /// Gives a member to one of the sample's transitions.
  void publish_step(int transition, const std::string& member, json value) {
    json document = json::parse(sample_settings());
    document["workflows"][0]["transitions"][transition][member] = std::move(value);
    server.publish(document.dump());
    server.restart();
  }
};

TEST_P(DeadlinesTest, ATicketHasItsDeadlinesFromTheBeginning) {
  go_to("2026-11-23T09:00:00.000Z");
  const json made = create();
  EXPECT_EQ(made["answer_by"], "2026-11-28T12:00:00.000Z") << "Saturday's closing";
  EXPECT_EQ(made["first_response_by"], "2026-11-24T17:00:00.000Z");
  EXPECT_EQ(made["due_soon_at"], "2026-11-23T13:30:00.000Z") << "four working hours, with a break for lunch";
  EXPECT_EQ(made["next_deadline_at"], "2026-11-24T17:00:00.000Z");
  EXPECT_FALSE(made.contains("breached_at"));
  EXPECT_EQ(events(made, "answer_by_changed"), std::vector<json>{}) << "nobody was told of another date";
}

TEST_P(DeadlinesTest, WorkBegunByStaffIsTheFirstAnswer) {
  go_to("2026-11-23T09:00:00.000Z");
  const json made = create();
  const json started = act(made, {{"action", "start"}});
  EXPECT_EQ(started["next_deadline_at"], started["answer_by"]);
}

TEST_P(DeadlinesTest, AStepMayStopAClockWhateverItsStateSays) {
  publish_step(3, "stops_clocks", {"first_response", "resolution"});
  go_to("2026-11-23T09:00:00.000Z");
  const json made = create();
  const json started = act(made, {{"action", "start"}});
  EXPECT_FALSE(started.contains("next_deadline_at")) << started["next_deadline_at"];
  go_to("2026-12-23T09:00:00.000Z");
  look();
  EXPECT_EQ(events(made, "breached"), std::vector<json>{}) << "nothing runs that could be missed";
}

TEST_P(DeadlinesTest, AStepMayBeginAClockAnew) {
  publish_step(3, "starts_clocks", {"resolution"});
  go_to("2026-11-23T09:00:00.000Z");
  const json made = create();
  go_to("2026-11-24T09:00:00.000Z");
  const json started = act(made, {{"action", "start"}});
  EXPECT_EQ(made["answer_by"], "2026-11-28T12:00:00.000Z");
  EXPECT_EQ(started["answer_by"], "2026-11-30T17:00:00.000Z") << "five working days from the start";
  const auto turned = events(made, "state_changed");
  ASSERT_EQ(turned.size(), 1U);
  EXPECT_EQ(turned[0]["starts_clocks"], json::array({"resolution"}));
}

TEST_P(DeadlinesTest, AStepThatReopensBeginsTheFirstAnswerAnewAsItSays) {
  publish_step(7, "starts_clocks", {"first_response", "resolution"});
  go_to("2026-11-23T09:00:00.000Z");
  const json made = create();
  act(made, {{"action", "start"}});
  act(made, {{"action", "close"}, {"resolution_code", "informed"}, {"note", "Explained"}});
  go_to("2026-11-24T09:00:00.000Z");
  const json reopened = act(made, {{"action", "reopen"}, {"note", "Once more"}});
  EXPECT_EQ(reopened["first_response_by"], "2026-11-25T17:00:00.000Z");
  EXPECT_EQ(reopened["answer_by"], "2026-11-30T17:00:00.000Z");
}

TEST_P(DeadlinesTest, WhatAStepStoppedRunsAgainOnceTheTicketIsReopened) {
  publish_step(3, "stops_clocks", {"resolution"});
  go_to("2026-11-23T09:00:00.000Z");
  const json made = create();
  act(made, {{"action", "start"}});
  act(made, {{"action", "close"}, {"resolution_code", "informed"}, {"note", "Explained"}});
  const json reopened = act(made, {{"action", "reopen"}, {"note", "Once more"}});
  EXPECT_TRUE(reopened.contains("answer_by")) << reopened;
}

TEST_P(DeadlinesTest, APriorityThatAnyStepSetsBringsItsOwnTurnAroundTime) {
  publish_step(3, "set_priority", "urgent");
  go_to("2026-11-23T09:00:00.000Z");
  const json made = create();
  const json started = act(made, {{"action", "start"}});
  EXPECT_EQ(started["priority"], "urgent");
  EXPECT_LT(started["answer_by"].get<std::string>(), made["answer_by"].get<std::string>());
}

TEST_P(DeadlinesTest, SoIsAPublicCommentButNoInternalOne) {
  go_to("2026-11-23T09:00:00.000Z");
  const json made = create();
  const auto comment = [&](const char* visibility) {
    return server
        .post(server.hq(), address(made, "/comments"),
              {{"text", "We look into it"}, {"visibility", visibility}})
        .json["ticket"]["next_deadline_at"];
  };
  EXPECT_EQ(comment("internal"), "2026-11-24T17:00:00.000Z");
  EXPECT_EQ(comment("public"), "2026-11-28T12:00:00.000Z");
}

TEST_P(DeadlinesTest, APausedClockHasNoDeadlineAndThenGivesTheTimeBack) {
  go_to("2026-11-23T09:00:00.000Z");
  const json made = create();
  const json waiting = act(made, {{"action", "ready"}});
  EXPECT_FALSE(waiting.contains("answer_by"));
  EXPECT_EQ(waiting["promised_answer_by"], made["answer_by"]) << "what was said stays said";
  go_to("2026-11-24T09:00:00.000Z");
  const json back = act(made, {{"action", "hand_over"}});
  ASSERT_TRUE(back.contains("answer_by"));
  EXPECT_GT(back["answer_by"].get<std::string>(), made["answer_by"].get<std::string>());
  const auto told = events(made, "answer_by_changed");
  ASSERT_EQ(told.size(), 1U);
  EXPECT_EQ(told[0]["answer_by"], back["answer_by"]);
  EXPECT_EQ(told[0]["promised"], made["answer_by"]);
}

TEST_P(DeadlinesTest, ABreachIsInTheHistoryForGood) {
  go_to("2026-11-23T09:00:00.000Z");
  const json made = create();
  go_to("2026-11-24T17:00:00.000Z");
  look();
  auto breaches = events(made, "breached");
  ASSERT_EQ(breaches.size(), 1U);
  EXPECT_EQ(breaches[0]["tat"], "first_answer");
  EXPECT_EQ(breaches[0]["breached_at"], "2026-11-24T17:00:00.000Z");
  EXPECT_EQ(ticket(made)["breached_at"], "2026-11-24T17:00:00.000Z");
  act(made, {{"action", "start"}});
  act(made, {{"action", "close"}, {"resolution_code", "informed"}, {"note", "Explained"}});
  EXPECT_EQ(ticket(made)["breached_at"], "2026-11-24T17:00:00.000Z");
  look();
  EXPECT_EQ(events(made, "breached").size(), 1U) << "noted once";
}

TEST_P(DeadlinesTest, ABreachIsNotedEvenWhenWorkComesBeforeTheJob) {
  go_to("2026-11-23T09:00:00.000Z");
  const json made = create();
  go_to("2026-11-25T09:00:00.000Z");
  const json late = act(made, {{"action", "start"}});
  EXPECT_EQ(late["breached_at"], "2026-11-24T17:00:00.000Z");
}

TEST_P(DeadlinesTest, AFinishedTicketIsLookedAtNoMore) {
  go_to("2026-11-23T09:00:00.000Z");
  const json made = create();
  act(made, {{"action", "start"}});
  act(made, {{"action", "close"}, {"resolution_code", "informed"}, {"note", "Explained"}});
  EXPECT_EQ(server.count("SELECT COUNT(*) FROM ticket_timers"), 0);
  go_to("2026-12-23T09:00:00.000Z");
  EXPECT_EQ(look(), 0U);
  EXPECT_FALSE(ticket(made).contains("breached_at"));
}

TEST_P(DeadlinesTest, APublishedVersionChangesNothingForTicketsThatAreUnderWay) {
  go_to("2026-11-23T09:00:00.000Z");
  const json made = create();
  json stricter = json::parse(sample_settings());
  stricter["turn_around_times"][3]["maximum"] = {{"unit", "working_hours"}, {"amount", 30}};
  stricter["turn_around_times"][3]["minimum"]["otherwise"] = {{"unit", "working_hours"}, {"amount", 10}};
  server.publish(stricter.dump());
  server.restart();
  EXPECT_EQ(act(made, {{"action", "start"}})["answer_by"], made["answer_by"]);
  const json next = create();
  EXPECT_NE(next["answer_by"], made["answer_by"]) << "a new one is counted by the new version";
}

/// The sample chain, whose tickets are closed when nobody collects for that long.
json closing_what_nobody_collects(const json& after) {
  json document = json::parse(sample_settings());
  document["workflows"][0]["transitions"].push_back(
      {{"id", "not_collected"},
       {"action", "close"},
       {"label", {{"en", "Not collected"}, {"de", "Nicht abgeholt"}}},
       {"from", {"ready"}},
       {"to", "closed"},
       {"who", json::array()},
       {"requires", {"resolution_code", "note"}},
       {"defaults", {{"resolution_code", "repaired"}, {"note", "Nobody came"}}},
       {"after", after}});
  return document;
}

json minutes(int amount) { return {{"unit", "minutes"}, {"amount", amount}}; }
json working_days(int amount) { return {{"unit", "working_days"}, {"amount", amount}}; }

/// A server process that does not ask again for an hour which version is in force.
class SlowToHear {
 public:
  explicit SlowToHear(ServerUnderTest& server)
      : server_(server), settings_(server.database(), std::chrono::hours(1)) {
    settings_.current();
  }

  std::shared_ptr<const server::PublishedSettings> settings() { return settings_.current(); }

  void look() {
    const server::Services services{server_.database(), server_.clock(), settings_, log_,
                                    metrics_,           server_.config()};
    server::Timers timers(services);
    while (timers.run_once(server_.clock().now()) > 0) {
    }
  }

 private:
  ServerUnderTest& server_;
  server::SettingsStore settings_;
  server::Logger log_ = server::Logger::silent();
  server::Metrics metrics_;
};

/// Tickets that wait for a step of the workflow that takes itself.
class TimedStepsTest : public DeadlinesFixture {
 protected:
  /// A ticket that waits to be collected since Monday morning.
  json ready_on_monday() {
    go_to("2026-11-23T09:00:00.000Z");
    const json made = create();
    act(made, {{"action", "ready"}});
    return made;
  }
  std::string state(const json& made) { return ticket(made)["state"]["id"]; }
  std::int64_t to_be_looked_at_now() {
    return server.count("SELECT COUNT(*) FROM ticket_timers WHERE due_at <= ?",
                        {domain::to_epoch_ms(server.clock().now())});
  }
  void publish(const json& document) {
    server.publish(document.dump());
    server.restart();
  }
};

TEST_P(TimedStepsTest, ReachTheTicketsThatWaitAlready) {
  const json made = ready_on_monday();
  publish(closing_what_nobody_collects(minutes(60)));
  look();
  EXPECT_EQ(state(made), "ready") << "it waits, as the new version says";
  go_to("2026-11-23T10:01:00.000Z");
  look();
  EXPECT_EQ(state(made), "closed");
}

TEST_P(TimedStepsTest, AreTakenByAProcessThatHasNotHeardOfTheirVersionYet) {
  const json made = ready_on_monday();
  SlowToHear process(server);
  publish(closing_what_nobody_collects(minutes(60)));
  ASSERT_EQ(process.settings()->version, 1);
  process.look();
  EXPECT_EQ(state(made), "ready");
  EXPECT_EQ(server.count("SELECT COUNT(*) FROM ticket_timers"), 1);
  go_to("2026-11-23T10:01:00.000Z");
  process.look();
  EXPECT_EQ(state(made), "closed");
}

TEST_P(TimedStepsTest, AreNotForgottenByAChangeUnderAnOlderVersion) {
  const json made = ready_on_monday();
  SlowToHear process(server);
  publish(closing_what_nobody_collects(minutes(60)));
  db::with_transaction(server.database(), [&](db::Connection& connection) {
    auto ticket = server::load_ticket(connection, made["ticket_id"].get<std::string>(), true);
    server::Deadlines(connection, *process.settings(), server.clock().now()).follow(*ticket, "acted");
  });
  EXPECT_EQ(to_be_looked_at_now(), 1);
  go_to("2026-11-23T10:01:00.000Z");
  look();
  EXPECT_EQ(state(made), "closed");
}

TEST_P(TimedStepsTest, HoldBackPublicationsButNotEachOtherWhileTheyAreLookedFor) {
  if (GetParam() == Backend::sqlite) return;  // where one transaction at a time writes
  const auto another = server::open_database(server.config());
  const auto mine = server.database().writer();
  const auto others = another->writer();
  others->execute("SET SESSION innodb_lock_wait_timeout = 0");
  db::Transaction looking(*mine);
  EXPECT_EQ(server::hold_version_in_force(*mine), 1);
  {
    db::Transaction looking_too(*others);
    EXPECT_EQ(server::hold_version_in_force(*others), 1);
  }
  db::Transaction publishing(*others);
  EXPECT_THROW(server::VersionTable(*others).lock_newest(), db::DbError);
}

TEST_P(TimedStepsTest, ComeEarlierWhenAHolidayIsGone) {
  auto with_holiday = closing_what_nobody_collects(working_days(1));
  with_holiday["regions"][0]["holidays"].push_back("2026-11-24");
  publish(with_holiday);
  const json made = ready_on_monday();
  EXPECT_EQ(to_be_looked_at_now(), 0);
  publish(closing_what_nobody_collects(working_days(1)));
  EXPECT_EQ(to_be_looked_at_now(), 1);
  look();
  go_to("2026-11-24T17:01:00.000Z");
  look();
  EXPECT_EQ(state(made), "closed") << "on Tuesday, not on Wednesday";
}

TEST_P(TimedStepsTest, GoByTheCalendarOfTheRegionThatTheStoreIsInNow) {
  auto document = closing_what_nobody_collects(working_days(1));
  publish(document);
  ready_on_monday();
  document["organisation"]["areas"][0]["region"] = "britain";
  publish(document);
  EXPECT_EQ(to_be_looked_at_now(), 1);
}

TEST_P(TimedStepsTest, AreLeftAloneByACalendarThatTheyAreNotCountedOn) {
  auto document = closing_what_nobody_collects(minutes(60));
  publish(document);
  ready_on_monday();
  document["regions"][0]["holidays"].push_back("2026-11-24");
  publish(document);
  EXPECT_EQ(to_be_looked_at_now(), 0);
}

TEST_P(DeadlinesTest, MoreTicketsThanOnePageHoldsAreAllLookedAt) {
  constexpr int kTickets = 230;  // two whole pages and something
  go_to("2026-11-23T09:00:00.000Z");
  for (int i = 0; i < kTickets; ++i) create();
  go_to("2026-11-28T12:00:00.000Z");
  EXPECT_GE(look(), static_cast<std::size_t>(kTickets));
  EXPECT_EQ(server.count("SELECT COUNT(*) AS n FROM tickets WHERE breached_at IS NOT NULL"), kTickets);
}

TEST_P(DeadlinesTest, ListsFindWhatIsOverdueAndWhatIsDueSoon) {
  go_to("2026-11-23T09:00:00.000Z");
  const json made = create();
  const auto found = [&](const std::string& due) {
    return server.get(server.hq(), "/api/v1/tickets?due=" + due).json["tickets"].size();
  };
  EXPECT_EQ(found("soon") + found("overdue") + found("breached"), 0U);
  go_to("2026-11-23T15:00:00.000Z");
  EXPECT_EQ(found("soon"), 1U);
  go_to("2026-11-24T17:00:00.000Z");
  EXPECT_EQ(found("overdue"), 1U) << "known without the job";
  EXPECT_EQ(found("soon"), 0U);
  EXPECT_EQ(found("breached"), 0U) << "written down by the job";
  look();
  EXPECT_EQ(found("breached"), 1U);
  EXPECT_EQ(server.get(server.hq(), "/api/v1/tickets?due=never").status, 400);
}

INSTANTIATE_TEST_SUITE_P(Databases, DeadlinesTest, testing::Values(Backend::sqlite, Backend::mariadb),
                         backend_name);
INSTANTIATE_TEST_SUITE_P(Databases, TimedStepsTest, testing::Values(Backend::sqlite, Backend::mariadb),
                         backend_name);

}  // namespace
}  // namespace ccms::test
