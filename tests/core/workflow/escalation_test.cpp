#include "core/workflow/escalation.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace ccms::workflow {
namespace {

using namespace std::chrono_literals;
using domain::Instant;
using settings::AfterDeadline;
using settings::AtPercent;
using settings::BeforeDeadline;
using settings::EscalationLadder;
using settings::EscalationStep;
using settings::Span;
using settings::StateType;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

/// A moment of Monday the 16th of November 2026 on Berlin's clock, or of another day after it.
Instant at(std::string_view time, int days_later = 0) {
  return domain::parse_rfc3339("2026-11-16T" + std::string(time) + ":00.000Z").value() - 1h +
         24h * days_later;
}

std::string shown(const std::optional<Instant>& instant) {
  return instant ? domain::format_rfc3339(*instant) : "none";
}

Span minutes(std::int64_t amount) { return {Span::Unit::working_minutes, amount}; }

EscalationStep step(std::string id, settings::EscalationMoment moment) {
  EscalationStep made;
  made.id = std::move(id);
  made.at = moment;
  return made;
}

/// A ticket opened on Monday at ten that is to be resolved within ten working hours (nine to six, so on
/// Tuesday at eleven), and what is asked about it.
class Escalations : public ::testing::Test {
 protected:
  Escalations() {
    settings::Tat tat;
    tat.id = "resolve";
    tat.maximum = minutes(600);
    rules_.tats = {tat};
    rules_.calendars.emplace(
        "de", WorkingTime::of({"Europe/Berlin", {{0b0011111, 9 * 60, 18 * 60}}, {}, {}}).value());
    facts_ = {{}, "low", "repairs", "de", 1};
    timeline_ = {{at("10:00"), Opened{facts_}}};
  }

  EscalationPlan plan_at(Instant now) {
    const TatRules* rules = &rules_;
    statuses_ = evaluate([rules](std::int64_t) { return rules; }, timeline_, now);
    return plan({settings_, statuses_, fired_, roster_, facts_, holds_}, now);
  }

  std::vector<std::string> due_at(Instant now) {
    std::vector<std::string> ids;
    for (const DueStep& due : plan_at(now).due) ids.push_back(due.key.step);
    return ids;
  }

  /// The steps that are due are written down as fired.
  void fire_at(Instant now) {
    for (const DueStep& due : plan_at(now).due) fired_.push_back({due.key, now, std::nullopt});
  }

  void ladder(std::vector<EscalationStep> steps) { settings_.ladders = {{"main", {}, {}, std::move(steps)}}; }

  TatRules rules_;
  settings::Escalation settings_;
  TatFacts facts_;
  Timeline timeline_;
  std::vector<TatStatus> statuses_;
  std::vector<FiredStep> fired_;
  Roster roster_;
  std::function<bool(const settings::TicketConditions&, const TatFacts&)> holds_;
};

TEST_F(Escalations, ComeAtPercentAndBeforeAndAfterTheDeadline) {
  ladder({step("half", AtPercent{50}), step("hour before", BeforeDeadline{minutes(60)}),
          step("late", AtPercent{100}), step("day after", AfterDeadline{{Span::Unit::elapsed_minutes, 1440}}),
          step("twice the time", AtPercent{200})});
  EXPECT_EQ(shown(plan_at(at("10:00")).next), shown(at("15:00")));
  EXPECT_THAT(due_at(at("15:00") - 1ms), IsEmpty());
  EXPECT_THAT(due_at(at("15:00")), ElementsAre("half"));
  fire_at(at("15:00"));
  EXPECT_EQ(shown(plan_at(at("15:00")).next), shown(at("10:00", 1)));
  EXPECT_THAT(due_at(at("10:00", 1)), ElementsAre("hour before"));
  fire_at(at("10:00", 1));
  EXPECT_THAT(due_at(at("11:00", 1)), ElementsAre("late"));
  fire_at(at("11:00", 1));
  EXPECT_THAT(due_at(at("11:00", 2)), ElementsAre("day after"));
  fire_at(at("11:00", 2));
  EXPECT_EQ(shown(plan_at(at("11:00", 2)).next), shown(at("12:00", 2)));
  EXPECT_THAT(due_at(at("12:00", 2)), ElementsAre("twice the time"));
  fire_at(at("12:00", 2));
  EXPECT_EQ(plan_at(at("12:00", 9)).next, std::nullopt);
}

TEST_F(Escalations, FireOnceAndLateOnesInTheirOrder) {
  ladder({step("late", AtPercent{100}), step("half", AtPercent{50})});
  EXPECT_THAT(due_at(at("12:00", 3)), ElementsAre("half", "late"));
  fire_at(at("12:00", 3));
  EXPECT_THAT(due_at(at("12:00", 4)), IsEmpty());
}

TEST_F(Escalations, CountAnewInANewRound) {
  ladder({step("half", AtPercent{50})});
  fire_at(at("15:00"));
  timeline_.push_back({at("15:30"), ClockRestarted{settings::TatClock::resolution}});
  EXPECT_THAT(due_at(at("15:30")), IsEmpty());
  EXPECT_EQ(shown(plan_at(at("15:30")).next), shown(at("11:30", 1)));
  EXPECT_THAT(due_at(at("11:30", 1)), ElementsAre("half"));
}

TEST_F(Escalations, WaitWhileTheClockStandsStill) {
  ladder({step("half", AtPercent{50})});
  timeline_.push_back({at("12:00"), StateEntered{StateType::pending, true, false}});
  EXPECT_THAT(due_at(at("17:00")), IsEmpty());
  EXPECT_EQ(plan_at(at("17:00")).next, std::nullopt);
  timeline_.push_back({at("10:00", 1), StateEntered{StateType::in_progress, false, true}});
  EXPECT_EQ(shown(plan_at(at("10:00", 1)).next), shown(at("13:00", 1)));
  timeline_.push_back({at("11:00", 1), StateEntered{StateType::closed, false, true}});
  EXPECT_THAT(due_at(at("10:00", 5)), IsEmpty());
}

TEST_F(Escalations, NeedATarget) {
  rules_.tats[0].maximum.reset();
  ladder({step("half", AtPercent{50}), step("before", BeforeDeadline{minutes(60)}),
          step("after", AfterDeadline{minutes(60)})});
  EXPECT_THAT(due_at(at("10:00", 100)), IsEmpty());
  EXPECT_EQ(plan_at(at("10:00", 100)).next, std::nullopt);
}

TEST_F(Escalations, BeforeAShortTimeBeginWithIt) {
  ladder({step("a day before", BeforeDeadline{{Span::Unit::elapsed_minutes, 3 * 1440}})});
  EXPECT_THAT(due_at(at("10:00")), ElementsAre("a day before"));
  EXPECT_EQ(shown(plan_at(at("10:00")).due.at(0).due_at), shown(at("10:00")));
}

TEST_F(Escalations, InWorkingDaysComeInTheMorningBeforeAndAtTheEndAfter) {
  ladder({step("day before", BeforeDeadline{{Span::Unit::working_days, 1}}),
          step("day after", AfterDeadline{{Span::Unit::working_days, 1}})});
  // The morning before is earlier than the ticket itself.
  EXPECT_EQ(shown(plan_at(at("10:00")).due.at(0).due_at), shown(at("10:00")));
  EXPECT_EQ(shown(plan_at(at("10:00")).next), shown(at("18:00", 2)));
}

TEST_F(Escalations, FollowTheTatsOfTheirLadder) {
  ladder({step("half", AtPercent{50})});
  settings_.ladders[0].tats = {"another"};
  EXPECT_THAT(due_at(at("12:00", 3)), IsEmpty());
  settings_.ladders[0].tats = {"another", "resolve"};
  EXPECT_THAT(due_at(at("12:00", 3)), ElementsAre("half"));
}

TEST_F(Escalations, WaitForTheirConditions) {
  ladder({step("half", AtPercent{50})});
  settings_.ladders[0].steps[0].when.priority = {"high"};
  holds_ = [](const settings::TicketConditions& when, const TatFacts& facts) {
    return when.priority.empty() || when.priority.front() == facts.priority;
  };
  EXPECT_THAT(due_at(at("15:00")), IsEmpty());
  facts_.priority = "high";
  EXPECT_THAT(due_at(at("15:30")), ElementsAre("half"));
}

TEST_F(Escalations, ComeEarlierWhenNobodyAcknowledgesTheOneBelow) {
  ladder({step("half", AtPercent{50}), step("late", AtPercent{100})});
  settings_.ladders[0].steps[0].acknowledge_within = minutes(60);
  fire_at(at("15:00"));
  EXPECT_EQ(shown(plan_at(at("15:00")).next), shown(at("16:00")));
  EXPECT_THAT(due_at(at("16:00")), ElementsAre("late"));
  fired_[0].acknowledged_at = at("15:45");
  EXPECT_THAT(due_at(at("16:00")), IsEmpty());
  EXPECT_EQ(shown(plan_at(at("16:00")).next), shown(at("11:00", 1)));
  // Too late is not in time.
  fired_[0].acknowledged_at = at("16:01");
  EXPECT_THAT(due_at(at("16:02")), ElementsAre("late"));
}

TEST_F(Escalations, GivePeopleTimeToAcknowledgeFromWhenTheyAreTold) {
  const settings::EscalationMoment half_a_day_late = AfterDeadline{{Span::Unit::elapsed_minutes, 11 * 60}};
  const settings::EscalationMoment a_day_late = AfterDeadline{{Span::Unit::elapsed_minutes, 24 * 60}};
  ladder({step("department", half_a_day_late), step("head office", a_day_late)});
  settings_.ladders[0].steps[0].acknowledge_within = Span{Span::Unit::elapsed_minutes, 30};
  settings_.quiet_hours = settings::QuietHours{20 * 60, 7 * 60};
  fire_at(at("22:00", 1));
  EXPECT_THAT(due_at(at("22:30", 1)), IsEmpty()) << "the message leaves in the morning";
  EXPECT_EQ(shown(plan_at(at("22:30", 1)).next), shown(at("07:30", 2)));
  EXPECT_THAT(due_at(at("07:30", 2)), ElementsAre("head office"));
  fired_[0].acknowledged_at = at("07:20", 2);
  EXPECT_THAT(due_at(at("07:30", 2)), IsEmpty());
  // With a digest at nine, nobody knows of it before nine.
  fired_[0].acknowledged_at.reset();
  settings_.ladders[0].steps[0].digest = true;
  settings_.digest_minute = 9 * 60;
  EXPECT_EQ(shown(plan_at(at("07:30", 2)).next), shown(at("09:30", 2)));
}

TEST_F(Escalations, TellPeopleAfterTheQuietHours) {
  ladder({step("day after", AfterDeadline{{Span::Unit::elapsed_minutes, 13 * 60}})});
  EXPECT_EQ(shown(plan_at(at("00:30", 2)).due.at(0).tell_at), shown(at("00:30", 2)));
  settings_.quiet_hours = settings::QuietHours{22 * 60, 6 * 60};
  EXPECT_EQ(shown(plan_at(at("00:30", 2)).due.at(0).tell_at), shown(at("06:00", 2)));
  EXPECT_EQ(shown(plan_at(at("06:00", 2)).due.at(0).tell_at), shown(at("06:00", 2)));
  EXPECT_EQ(shown(plan_at(at("22:00", 2)).due.at(0).tell_at), shown(at("06:00", 3)));
  settings_.quiet_hours = settings::QuietHours{12 * 60, 13 * 60};
  EXPECT_EQ(shown(plan_at(at("12:30", 2)).due.at(0).tell_at), shown(at("13:00", 2)));
}

TEST_F(Escalations, OfADigestAreToldTogether) {
  ladder({step("half", AtPercent{50})});
  settings_.ladders[0].steps[0].digest = true;
  settings_.digest_minute = 8 * 60;
  EXPECT_EQ(shown(plan_at(at("15:00")).due.at(0).tell_at), shown(at("08:00", 1)));
  EXPECT_EQ(shown(plan_at(at("07:00", 1)).due.at(0).tell_at), shown(at("08:00", 1)));
}

TEST_F(Escalations, TellWhoIsThere) {
  ladder({step("half", AtPercent{50})});
  settings_.ladders[0].steps[0].notify.roles = {"clerk", "store_manager", "area"};
  roster_ = {{"ann", {"clerk"}, {}, ""},
             {"bob", {"store_manager"}, {{at("00:00"), at("00:00", 1)}}, "cy"},
             {"cy", {}, {{at("14:00"), at("16:00")}}, "ann"},
             {"dee", {"area"}, {{at("00:00"), at("00:00", 7)}}, ""}};
  const DueStep due = plan_at(at("15:00")).due.at(0);
  // Bob is away, and so is Cy who covers for him; Ann covers for Cy. Nobody covers for Dee.
  EXPECT_THAT(due.people, ElementsAre("ann"));
  EXPECT_THAT(due.roles_without_people, ElementsAre("area"));
  EXPECT_THAT(plan_at(at("17:00")).due.at(0).people, ElementsAre("ann", "cy"));
  EXPECT_THAT(plan_at(at("10:00", 1)).due.at(0).people, ElementsAre("ann", "bob"));
}

TEST(Rosters, MayCoverInARing) {
  const Absence always{Instant::min(), Instant::max()};
  const Roster roster = {{"a", {"r"}, {always}, "b"}, {"b", {}, {always}, "a"}};
  EXPECT_THAT(people_of_role(roster, "r", Instant()), IsEmpty());
}

TEST_F(Escalations, OfARoleFollowItsTime) {
  rules_.tats.clear();
  rules_.role_times = {{"clerk", minutes(60), std::nullopt, {{50, {"boss@example.com"}, "late"}}}};
  settings_.ladders = {ladder_of(rules_.role_times[0])};
  timeline_.push_back({at("11:00"), RoleEntered{"clerk"}});
  const auto due = plan_at(at("11:30")).due;
  ASSERT_EQ(due.size(), 1U);
  EXPECT_EQ(due[0].key.role, "clerk");
  EXPECT_THAT(due[0].step->notify.addresses, ElementsAre("boss@example.com"));
  // A ladder of TATs does not follow roles.
  ladder({step("half", AtPercent{50})});
  EXPECT_THAT(due_at(at("11:30")), IsEmpty());
}

TEST(QuietHours, GoByTheWallClockWhenItChanges) {
  const auto clock = tz::LocalClock::of("Europe/Berlin").value();
  const auto utc = [](std::string_view text) { return domain::parse_rfc3339(text).value(); };
  // 02:30 was skipped that night.
  EXPECT_EQ(shown(next_time_of_day(150, clock, utc("2026-03-28T23:00:00.000Z"))), "2026-03-29T01:00:00.000Z");
  EXPECT_EQ(shown(after_quiet_hours({22 * 60, 6 * 60}, clock, utc("2026-03-28T23:00:00.000Z"))),
            "2026-03-29T04:00:00.000Z");
}

}  // namespace
}  // namespace ccms::workflow
