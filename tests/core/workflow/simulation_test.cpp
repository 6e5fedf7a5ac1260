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

TEST(Simulation, WithoutTurnAroundTimesNothingIsDue) {
  const auto silent = sample_with(
      {{{"op", "remove"}, {"path", "/turn_around_times"}}, {{"op", "remove"}, {"path", "/escalation"}}});
  const auto simulated = simulate(silent, facts("other", "S001"), at("2026-11-23T09:00:00.000Z"));
  EXPECT_TRUE(simulated.due.empty());
  EXPECT_TRUE(simulated.steps.empty());
}

}  // namespace
}  // namespace ccms::workflow
