#include "core/workflow/simulation.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/core/settings/sample_settings.h"

namespace ccms::workflow {
namespace {

using nlohmann::json;
using settings::testing::sample;
using settings::testing::sample_with;
using ::testing::ElementsAre;

domain::Instant at(const char* rfc3339) { return domain::parse_rfc3339(rfc3339).value(); }

domain::TicketFacts facts(const char* category, const char* store) {
  domain::TicketFacts out;
  out.store = domain::StoreId(store);
  out.category = domain::CategoryId(category);
  return out;
}

std::vector<std::string> steps_of(const Simulated& simulated) {
  std::vector<std::string> steps;
  for (const auto& step : simulated.steps)
    steps.push_back(domain::format_rfc3339(step.at).substr(0, 16) + " " + step.step);
  return steps;
}

const SimulatedDue& resolution(const Simulated& simulated) {
  for (const auto& due : simulated.due) {
    if (due.clock == settings::TatClock::resolution) return due;
  }
  throw std::runtime_error("no turn-around time on the resolution");
}

TEST(Simulation, FridayTenToSixIsDueOnADayOfItsOwnInEachRegion) {
  // The same reading of the wall clock; Hamburg works on Saturdays, and America has Thanksgiving behind it.
  const std::pair<const char*, const char*> openings[] = {{"S001", "2026-11-27T16:50:00.000Z"},
                                                          {"S008", "2026-11-27T17:50:00.000Z"},
                                                          {"S011", "2026-11-27T22:50:00.000Z"}};
  std::vector<std::string> deadlines;
  for (const auto& [store, opened] : openings) {
    const auto simulated = simulate(sample(), facts("other", store), at(opened));
    EXPECT_EQ(simulated.route.department, "customer_care");
    EXPECT_EQ(resolution(simulated).tat, "standard");
    deadlines.push_back(domain::format_rfc3339(*resolution(simulated).deadline));
  }
  EXPECT_THAT(deadlines, ElementsAre("2026-12-03T19:00:00.000Z", "2026-12-03T17:30:00.000Z", testing::_));
}

TEST(Simulation, WhoIsToldWhenNobodyDoesAnything) {
  const auto simulated = simulate(sample(), facts("other", "S001"), at("2026-11-23T09:00:00.000Z"));
  EXPECT_THAT(steps_of(simulated), ElementsAre("2026-11-27T08:07 remind", "2026-11-28T12:00 late",
                                               "2026-11-30T17:00 head_office"));
  EXPECT_FALSE(simulated.endless);
  EXPECT_THAT(simulated.steps[1].what->notify.roles, ElementsAre("department_staff", "store_manager"));
}

TEST(Simulation, FollowsWhatTheStepsThemselvesChange) {
  const auto settings = sample_with(
      {{{"op", "add"}, {"path", "/escalation/ladders/0/steps/0/set_priority"}, {"value", "urgent"}}});
  const auto simulated = simulate(settings, facts("other", "S001"), at("2026-11-23T09:00:00.000Z"));
  ASSERT_GE(simulated.steps.size(), 2U);
  EXPECT_EQ(simulated.steps[0].tat, "standard");
  EXPECT_EQ(simulated.steps[1].tat, "urgent") << "whose time is over already";
  EXPECT_EQ(simulated.steps[1].at, simulated.steps[0].at);
}

std::vector<std::string> moves_of(const Simulated& simulated) {
  std::vector<std::string> moves;
  for (const auto& move : simulated.moves)
    moves.push_back(domain::format_rfc3339(move.at).substr(0, 16) + " " + move.what.transition->id + " " +
                    move.what.to_state);
  return moves;
}

json timed(const char* id, const char* action, const char* from, const char* to, int days) {
  return {{"op", "add"},
          {"path", "/workflows/0/transitions/-"},
          {"value",
           {{"id", id},
            {"action", action},
            {"label", {{"en", id}, {"de", id}}},
            {"from", {from}},
            {"to", to},
            {"after", {{"unit", "working_days"}, {"amount", days}}}}}};
}

TEST(Simulation, TakesTheTimedStepsOfTheWorkflow) {
  auto give_up = timed("give_up", "close", "in_progress", "closed", 2);
  give_up["value"]["requires"] = {"resolution_code", "note"};
  give_up["value"]["defaults"] = {{"resolution_code", "refunded"}, {"note", "Nobody looked at it."}};
  const auto settings = sample_with({timed("begin", "move", "open", "in_progress", 1), give_up});
  const auto simulated = simulate(settings, facts("other", "S001"), at("2026-11-23T09:00:00.000Z"));
  EXPECT_THAT(moves_of(simulated),
              ElementsAre("2026-11-24T17:00 begin in_progress", "2026-11-26T17:00 give_up closed"));
  EXPECT_THAT(steps_of(simulated), testing::IsEmpty()) << "nothing is late any more";
}

TEST(Simulation, OfATimedStepFollowsClocksPriorityAndDepartment) {
  auto begin = timed("begin", "move", "open", "in_progress", 1);
  auto stopping = begin;
  stopping["value"]["stops_clocks"] = {"resolution"};
  EXPECT_THAT(steps_of(simulate(sample_with(json::array({stopping})), facts("other", "S001"),
                                at("2026-11-23T09:00:00.000Z"))),
              testing::IsEmpty());
  begin["value"]["set_priority"] = "urgent";
  const auto urgent =
      simulate(sample_with(json::array({begin})), facts("other", "S001"), at("2026-11-23T09:00:00.000Z"));
  ASSERT_FALSE(urgent.steps.empty());
  EXPECT_EQ(urgent.steps.front().tat, "urgent");
}

TEST(Simulation, StopsWhereTheWorkflowTurnsInCircles) {
  const auto settings = sample_with({timed("begin", "move", "open", "in_progress", 1),
                                     timed("put_back", "move", "in_progress", "open", 1)});
  const auto simulated = simulate(settings, facts("other", "S001"), at("2026-11-23T09:00:00.000Z"));
  EXPECT_EQ(simulated.moves.size(), 50U);
  EXPECT_TRUE(simulated.endless);
}

TEST(Simulation, LeavesATicketThatHasToBeVerifiedWithNobody) {
  const auto settings = sample_with(
      {{{"op", "replace"}, {"path", "/workflows/0/verification"}, {"value", "before_allocation"}}});
  auto unverified = facts("other", "S001");
  unverified.verification = domain::Verification::mismatch;
  const auto waiting = simulate(settings, unverified, at("2026-11-23T09:00:00.000Z"));
  EXPECT_TRUE(waiting.waits_for_verification);
  EXPECT_EQ(waiting.route.department, "customer_care") << "once it is verified";
  ASSERT_EQ(waiting.due.size(), 1U) << "what asks for a priority does not hold yet";
  EXPECT_EQ(waiting.due.front().tat, "first_answer");
  const auto passing = simulate(settings, facts("other", "S001"), at("2026-11-23T09:00:00.000Z"));
  EXPECT_FALSE(passing.waits_for_verification);
  EXPECT_EQ(resolution(passing).tat, "standard");
}

TEST(Simulation, GivesATicketThatIsVerifiedByItselfToItsDepartmentAndCountsFromItsBeginning) {
  const auto settings =
      sample_with({{{"op", "replace"}, {"path", "/workflows/0/verification"}, {"value", "before_allocation"}},
                   timed("trust", "verify", "open", "in_progress", 1)});
  auto unverified = facts("other", "S001");
  unverified.verification = domain::Verification::unverified;
  const auto opened = at("2026-11-23T09:00:00.000Z");
  const auto waiting = simulate(settings, unverified, opened);
  ASSERT_FALSE(waiting.moves.empty());
  EXPECT_EQ(waiting.moves.front().what.department, "customer_care");
  const auto at_once = simulate(settings, facts("other", "S001"), opened);
  EXPECT_EQ(resolution(waiting).deadline, resolution(at_once).deadline);
  EXPECT_EQ(steps_of(waiting), steps_of(at_once));
}

TEST(Simulation, WithoutTurnAroundTimesNothingIsDue) {
  const auto silent = sample_with(
      {{{"op", "remove"}, {"path", "/turn_around_times"}}, {{"op", "remove"}, {"path", "/escalation"}}});
  const auto simulated = simulate(silent, facts("other", "S001"), at("2026-11-23T09:00:00.000Z"));
  EXPECT_TRUE(simulated.due.empty());
  EXPECT_TRUE(simulated.steps.empty());
}

}  // namespace
}  // namespace ccms::workflow
