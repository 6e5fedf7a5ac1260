#include "core/workflow/tat.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/workflow/tat_replay.h"

namespace ccms::workflow {
namespace {

using namespace std::chrono_literals;
using domain::Instant;
using settings::OnChange;
using settings::OnReopen;
using settings::Span;
using settings::StateType;
using settings::Tat;
using settings::TatClock;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

Instant utc(std::string_view text) { return domain::parse_rfc3339(text).value(); }

/// A moment of the week from Monday the 16th of November 2026, on Berlin's clock: at(5, "17:50") is Friday's.
Instant at(int weekday, std::string_view time) {
  return utc("2026-11-15T" + std::string(time) + ":00.000Z") + 24h * weekday - 1h;
}

std::string shown(const std::optional<Instant>& instant) {
  return instant ? domain::format_rfc3339(*instant) : "none";
}

Span working(std::int64_t minutes) { return {Span::Unit::working_minutes, minutes}; }
Span working_days(std::int64_t days) { return {Span::Unit::working_days, days}; }
Span elapsed(std::int64_t minutes) { return {Span::Unit::elapsed_minutes, minutes}; }

Tat resolution(std::optional<Span> maximum, OnChange on_change = OnChange::from_start) {
  Tat tat;
  tat.id = "resolve";
  tat.maximum = maximum;
  tat.on_change = on_change;
  return tat;
}

/// Nine to six on workdays in Berlin, and the same in New York.
TatRules rules_with(std::vector<Tat> tats) {
  TatRules rules;
  rules.tats = std::move(tats);
  const std::vector<settings::OpeningHours> hours = {{0b0011111, 9 * 60, 18 * 60}};
  rules.calendars.emplace("de", WorkingTime::of({"Europe/Berlin", hours, {}, {}}).value());
  rules.calendars.emplace("us", WorkingTime::of({"America/New_York", hours, {}, {}}).value());
  rules.holds = [](const settings::TicketConditions& when, const TatFacts& facts) {
    return when.priority.empty() || when.priority.front() == facts.priority;
  };
  return rules;
}

TatFacts facts(std::string priority = "low", std::string department = "repairs", std::string region = "de",
               std::int64_t version = 1) {
  return {{}, std::move(priority), std::move(department), std::move(region), version};
}

TatRulesOf always(const TatRules& rules) {
  return [&rules](std::int64_t) { return &rules; };
}

/// The only status of a history.
TatStatus only(const TatRules& rules, const Timeline& timeline, Instant now) {
  const auto all = evaluate(always(rules), timeline, now);
  EXPECT_EQ(all.size(), 1U);
  return all.empty() ? TatStatus{} : all.front();
}

const StateEntered kWaiting{StateType::pending, true, false};
const StateEntered kAtWork{StateType::in_progress, false, true};
const StateEntered kClosed{StateType::closed, false, true};

TEST(Tats, CountOnTheCalendarOfTheRegion) {
  const TatRules rules = rules_with({resolution(working(120))});
  const auto status = only(rules, {{at(5, "17:50"), Opened{facts()}}}, at(6, "12:00"));
  EXPECT_EQ(shown(status.deadline), shown(at(8, "10:50")));
  EXPECT_EQ(status.elapsed, 10min);
  EXPECT_EQ(status.target, 120min);
  EXPECT_FALSE(status.paused || status.stopped);
  EXPECT_THAT(status.breaches, IsEmpty());
  // It is late morning in Berlin and night in New York.
  EXPECT_EQ(
      shown(only(rules, {{at(1, "10:00"), Opened{facts("low", "repairs", "us")}}}, at(1, "12:00")).deadline),
      shown(at(1, "17:00")));
}

TEST(Tats, InWorkingDaysEndWithTheLastOfThem) {
  const TatRules rules = rules_with({resolution(working_days(3))});
  const Timeline opened = {{at(5, "17:50"), Opened{facts()}}};
  EXPECT_EQ(shown(only(rules, opened, at(5, "18:00")).deadline), shown(at(10, "18:00")));
  // A pause of two working hours makes it two working hours later.
  const Timeline paused = {opened[0], {at(8, "10:00"), kWaiting}, {at(8, "12:00"), kAtWork}};
  EXPECT_EQ(shown(only(rules, paused, at(8, "12:00")).deadline), shown(at(11, "11:00")));
}

TEST(Tats, OfTheClockCountNightsAndWeekends) {
  const TatRules rules = rules_with({resolution(elapsed(8 * 7 * 24 * 60))});
  const Instant opened = at(5, "17:50");
  EXPECT_EQ(shown(only(rules, {{opened, Opened{facts()}}}, opened).deadline), shown(opened + 56 * 24h));
}

TEST(Tats, StandStillInStatesThatPauseTheClock) {
  const TatRules rules = rules_with({resolution(working(120))});
  const Timeline timeline = {{at(1, "10:00"), Opened{facts()}}, {at(1, "11:00"), kWaiting}};
  const auto waiting = only(rules, timeline, at(3, "11:00"));
  EXPECT_TRUE(waiting.paused);
  EXPECT_EQ(shown(waiting.deadline), "none");
  EXPECT_EQ(waiting.elapsed, 60min);
  EXPECT_EQ(next_due({waiting}, at(3, "11:00")), std::nullopt);
  Timeline resumed = timeline;
  resumed.push_back({at(3, "12:00"), kAtWork});
  EXPECT_EQ(shown(only(rules, resumed, at(3, "12:30")).deadline), shown(at(3, "13:00")));
}

TEST(Tats, OfTheLawDoNotPause) {
  Tat law = resolution(elapsed(180));
  law.pauses = false;
  const TatRules rules = rules_with({law});
  const Timeline timeline = {{at(1, "10:00"), Opened{facts()}}, {at(1, "11:00"), kWaiting}};
  EXPECT_EQ(shown(only(rules, timeline, at(1, "12:00")).deadline), shown(at(1, "13:00")));
  EXPECT_EQ(shown(only(rules, timeline, at(2, "12:00")).breached_at), shown(at(1, "13:00")));
}

TEST(Tats, WithoutATargetHaveNoDeadlineRatherThanAnInstantOne) {
  Tat tat = resolution(std::nullopt);
  tat.minimum = {{"high", working(60)}};
  const TatRules rules = rules_with({tat});
  const auto low = only(rules, {{at(1, "10:00"), Opened{facts("low")}}}, at(5, "10:00"));
  EXPECT_EQ(low.target, std::nullopt);
  EXPECT_EQ(shown(low.deadline) + " " + shown(low.aim) + " " + shown(low.breached_at), "none none none");
  EXPECT_EQ(next_due({low}, at(1, "10:00")), std::nullopt);
  const auto high = only(rules, {{at(1, "10:00"), Opened{facts("high")}}}, at(5, "10:00"));
  EXPECT_EQ(shown(high.aim), shown(at(1, "11:00")));
  EXPECT_EQ(shown(high.breached_at), "none");
}

TEST(Tats, ForUnknownRegionsHaveNoWorkingDeadline) {
  const TatRules rules = rules_with({resolution(working(60))});
  EXPECT_EQ(
      shown(
          only(rules, {{at(1, "10:00"), Opened{facts("low", "repairs", "mars")}}}, at(5, "10:00")).deadline),
      "none");
}

TEST(Tats, AimByPriority) {
  Tat tat = resolution(working(480));
  tat.minimum = {{"high", working(60)}};
  tat.minimum_otherwise = working(240);
  const TatRules rules = rules_with({tat});
  EXPECT_EQ(shown(only(rules, {{at(1, "10:00"), Opened{facts("high")}}}, at(1, "10:00")).aim),
            shown(at(1, "11:00")));
  EXPECT_EQ(shown(only(rules, {{at(1, "10:00"), Opened{facts("low")}}}, at(1, "10:00")).aim),
            shown(at(1, "14:00")));
}

TEST(Tats, AreBreachedAtTheDeadlineItself) {
  const TatRules rules = rules_with({resolution(working(60))});
  const Timeline opened = {{at(1, "10:00"), Opened{facts()}}};
  EXPECT_EQ(shown(only(rules, opened, at(1, "11:00") - 1ms).breached_at), "none");
  EXPECT_EQ(shown(only(rules, opened, at(1, "11:00")).breached_at), shown(at(1, "11:00")));
  const Timeline in_time = {opened[0], {at(1, "11:00") - 1ms, kClosed}};
  EXPECT_EQ(shown(only(rules, in_time, at(2, "11:00")).breached_at), "none");
  const Timeline too_late = {opened[0], {at(1, "11:00"), kClosed}};
  EXPECT_EQ(shown(only(rules, too_late, at(2, "11:00")).breached_at), shown(at(1, "11:00")));
}

TEST(FirstResponse, EndsWithWorkByStaffOrAWordOfTheirs) {
  Tat answer = resolution(working(60));
  answer.clock = TatClock::first_response;
  const TatRules rules = rules_with({answer});
  const TimelineEntry opened{at(1, "10:00"), Opened{facts()}};
  for (const TimelineChange& change :
       {TimelineChange(kAtWork), TimelineChange(ClockStopped{TatClock::first_response}),
        TimelineChange(kClosed)}) {
    const auto status = only(rules, {opened, {at(1, "10:30"), change}}, at(5, "10:00"));
    EXPECT_TRUE(status.stopped);
    EXPECT_EQ(status.elapsed, 30min);
    EXPECT_EQ(shown(status.breached_at), "none");
  }
  const StateEntered by_the_system{StateType::in_progress, false, false};
  EXPECT_FALSE(only(rules, {opened, {at(1, "10:30"), by_the_system}}, at(1, "10:45")).stopped);
  // A ticket that comes back has been answered.
  EXPECT_TRUE(
      only(rules, {opened, {at(1, "10:30"), kClosed}, {at(2, "09:30"), kAtWork}}, at(5, "10:00")).stopped);
}

TEST(Reopening, GoesOnWithTheRestOrBeginsAnew) {
  Tat tat = resolution(working(120));
  const Timeline timeline = {
      {at(1, "10:00"), Opened{facts()}}, {at(1, "11:00"), kClosed}, {at(3, "10:00"), kAtWork}};
  const auto rest = only(rules_with({tat}), timeline, at(3, "10:00"));
  EXPECT_EQ(shown(rest.deadline), shown(at(3, "11:00")));
  EXPECT_EQ(rest.round, 1);
  tat.on_reopen = OnReopen::restart;
  const TatRules anew = rules_with({tat});
  EXPECT_EQ(shown(only(anew, timeline, at(3, "10:00")).deadline), shown(at(3, "12:00")));
  EXPECT_EQ(only(anew, timeline, at(3, "10:00")).round, 2);
}

/// Opened on Monday at ten under priority low (four hours), high since noon (one hour).
TatStatus after_priority_change(OnChange policy, Instant now) {
  Tat low = resolution(working(240), policy), high = resolution(working(60), policy);
  low.id = "low";
  low.when.priority = {"low"};
  high.id = "high";
  high.when.priority = {"high"};
  static std::vector<std::unique_ptr<TatRules>> kept;
  kept.push_back(std::make_unique<TatRules>(rules_with({low, high})));
  const Timeline timeline = {{at(1, "10:00"), Opened{facts("low")}},
                             {at(1, "12:00"), FactsChanged{facts("high")}}};
  for (const TatStatus& status : evaluate(always(*kept.back()), timeline, now)) {
    if (status.in_force) return status;
  }
  return {};
}

TEST(APriorityChange, FromStartMayBeLateAtOnce) {
  const auto status = after_priority_change(OnChange::from_start, at(1, "12:00"));
  EXPECT_EQ(status.tat, "high");
  EXPECT_EQ(shown(status.deadline), shown(at(1, "11:00")));
  // Nobody could have known before.
  EXPECT_EQ(shown(status.breached_at), shown(at(1, "12:00")));
}

TEST(APriorityChange, RestartGivesTheWholeTime) {
  const auto status = after_priority_change(OnChange::restart, at(1, "12:00"));
  EXPECT_EQ(status.tat, "high");
  EXPECT_EQ(shown(status.deadline), shown(at(1, "13:00")));
  EXPECT_EQ(shown(status.started), shown(at(1, "12:00")));
}

TEST(APriorityChange, KeepStaysWithTheFirstTarget) {
  const auto status = after_priority_change(OnChange::keep, at(1, "12:00"));
  EXPECT_EQ(status.tat, "low");
  EXPECT_EQ(shown(status.deadline), shown(at(1, "14:00")));
}

TEST(RoutingAfterOpening, IsNoChange) {
  const TatRules rules = rules_with({resolution(working(120), OnChange::restart)});
  const Timeline timeline = {{at(1, "10:00"), Opened{facts("", "")}},
                             {at(1, "10:30"), FactsChanged{facts()}}};
  EXPECT_EQ(shown(only(rules, timeline, at(1, "11:00")).deadline), shown(at(1, "12:00")));
  Timeline moved = timeline;
  moved.push_back({at(1, "11:00"), FactsChanged{facts("low", "refunds")}});
  EXPECT_EQ(shown(only(rules, moved, at(1, "11:00")).deadline), shown(at(1, "13:00")));
}

TEST(ASettingsChange, FollowsThePolicyAndUnknownVersionsChangeNothing) {
  const TatRules first = rules_with({resolution(working(120))}),
                 second = rules_with({resolution(working(60))});
  const TatRulesOf versions = [&](std::int64_t version) {
    return version == 1 ? &first : version == 2 ? &second : nullptr;
  };
  const Timeline timeline = {{at(1, "10:00"), Opened{facts()}},
                             {at(1, "10:10"), FactsChanged{facts("low", "repairs", "de", 2)}}};
  EXPECT_EQ(shown(evaluate(versions, timeline, at(1, "10:10")).at(0).deadline), shown(at(1, "11:00")));
  const Timeline unknown = {timeline[0], {at(1, "10:10"), FactsChanged{facts("low", "repairs", "de", 9)}}};
  EXPECT_EQ(shown(evaluate(versions, unknown, at(1, "10:10")).at(0).deadline), shown(at(1, "12:00")));
}

TEST(ABreach, StaysWhenThePriorityFalls) {
  Tat tat = resolution(working(600));
  Tat urgent = resolution(working(60));
  urgent.id = "urgent";
  urgent.when.priority = {"high"};
  const TatRules rules = rules_with({tat, urgent});
  const Timeline timeline = {{at(1, "10:00"), Opened{facts("high")}},
                             {at(1, "12:00"), FactsChanged{facts("low")}}};
  const auto statuses = evaluate(always(rules), timeline, at(1, "13:00"));
  ASSERT_EQ(statuses.size(), 2U);
  EXPECT_FALSE(statuses[1].in_force);
  EXPECT_EQ(shown(statuses[1].deadline), "none");
  EXPECT_EQ(shown(statuses[1].breached_at), shown(at(1, "11:00")));
}

TEST(ABreach, ThatWasNotedStaysWithoutItsRules) {
  const TatRules rules = rules_with({});
  const BreachNoted noted{"gone", "", TatClock::resolution, 1, at(1, "11:00")};
  const Timeline timeline = {{at(1, "10:00"), Opened{facts()}}, {at(1, "11:01"), noted}};
  const auto status = only(rules, timeline, at(2, "10:00"));
  EXPECT_EQ(status.tat, "gone");
  EXPECT_FALSE(status.in_force);
  EXPECT_EQ(shown(status.breached_at), shown(at(1, "11:00")));
  EXPECT_THAT(unnoted_breaches({status}, timeline), IsEmpty());
  EXPECT_EQ(unnoted_breaches({status}, {}).size(), 1U);
}

TEST(ARestartedClock, BeginsANewRoundAndKeepsTheBreachOfTheOld) {
  const TatRules rules = rules_with({resolution(working(60))});
  const Timeline timeline = {{at(1, "10:00"), Opened{facts()}},
                             {at(1, "12:00"), ClockRestarted{TatClock::resolution}}};
  const auto status = only(rules, timeline, at(1, "14:00"));
  EXPECT_EQ(status.round, 2);
  EXPECT_THAT(status.breaches, ElementsAre(Breach{1, at(1, "11:00")}, Breach{2, at(1, "13:00")}));
}

TEST(AChangeOfAFinishedTicket, CountsWhenItIsReopened) {
  Tat urgent = resolution(working(60));
  urgent.when.priority = {"high"};
  const TatRules rules = rules_with({urgent});
  Timeline timeline = {{at(1, "10:00"), Opened{facts("low")}},
                       {at(1, "12:00"), kClosed},
                       {at(1, "12:30"), FactsChanged{facts("high")}}};
  EXPECT_THAT(evaluate(always(rules), timeline, at(1, "13:00")), IsEmpty());
  timeline.push_back({at(2, "10:00"), kAtWork});
  EXPECT_EQ(shown(only(rules, timeline, at(2, "10:00")).breached_at), shown(at(2, "10:00")));
}

TEST(SeveralTats, OnOneClockTheEarlierDeadlineWins) {
  Tat law = resolution(elapsed(24 * 60)), own = resolution(working(60));
  law.id = "law";
  const TatRules rules = rules_with({law, own});
  const auto friday = evaluate(always(rules), {{at(5, "17:30"), Opened{facts()}}}, at(5, "17:30"));
  EXPECT_EQ(shown(earliest_deadline(friday, TatClock::resolution)), shown(at(6, "17:30")));
  EXPECT_EQ(shown(next_due(friday, at(5, "17:30"))), shown(at(6, "17:30")));
  const auto monday = evaluate(always(rules), {{at(1, "10:00"), Opened{facts()}}}, at(1, "10:00"));
  EXPECT_EQ(shown(earliest_deadline(monday, TatClock::resolution)), shown(at(1, "11:00")));
  EXPECT_EQ(earliest_deadline(monday, TatClock::first_response), std::nullopt);
}

TEST(RoleTime, RunsWhileTheRoleHoldsTheTicket) {
  TatRules rules = rules_with({});
  rules.role_times = {{"clerk", working(30), working(120), {}}};
  Timeline timeline = {{at(1, "10:00"), Opened{facts()}},
                       {at(1, "10:00"), RoleEntered{"clerk"}},
                       {at(1, "10:20"), RoleResponded{"clerk"}},
                       {at(1, "11:00"), RoleLeft{"clerk"}}};
  const auto away = evaluate(always(rules), timeline, at(1, "17:00"));
  ASSERT_EQ(away.size(), 2U);
  EXPECT_EQ(away[0].role, "clerk");
  EXPECT_EQ(away[0].clock, TatClock::first_response);
  EXPECT_TRUE(away[0].stopped);
  EXPECT_EQ(away[0].elapsed, 20min);
  EXPECT_TRUE(away[1].paused);
  EXPECT_EQ(away[1].elapsed, 60min);
  EXPECT_EQ(shown(away[1].deadline), "none");
  timeline.push_back({at(2, "09:00"), RoleEntered{"clerk"}});
  const auto back = evaluate(always(rules), timeline, at(2, "09:10"));
  // To be answered anew, and resolved in what is left.
  EXPECT_EQ(back[0].round, 2);
  EXPECT_EQ(shown(back[0].deadline), shown(at(2, "09:30")));
  EXPECT_EQ(shown(back[1].deadline), shown(at(2, "10:00")));
}

TEST(Histories, AreReadInTheirOrderWhateverTheirClocksSay) {
  const TatRules rules = rules_with({resolution(working(120))});
  const Timeline timeline = {
      {at(1, "10:00"), Opened{facts()}}, {at(1, "11:00"), kWaiting}, {at(1, "10:30"), kAtWork}};
  EXPECT_EQ(shown(only(rules, timeline, at(1, "11:30")).deadline), shown(at(1, "12:00")));
  EXPECT_THAT(evaluate(always(rules), {}, at(1, "11:30")), IsEmpty());
  EXPECT_THAT(evaluate(always(rules), {{at(1, "11:00"), kWaiting}}, at(1, "11:30")), IsEmpty());
}

}  // namespace
}  // namespace ccms::workflow
