#include "host-sim/run/kill_plan.h"

#include <gtest/gtest.h>

#include <set>

namespace ccms::host_sim {
namespace {

constexpr std::size_t kTickets = 400;

Scenario scenario() {
  Scenario scenario;
  scenario.seed = 42;
  scenario.till_kills = 50;
  scenario.tills = {{"S1", "S1-T1", {}, {}}, {"S2", "S2-T1", {}, {{0.25, 0.75}}}};
  return scenario;
}

TEST(KillPlan, has_half_of_the_kills_in_a_create_and_half_in_a_send_at_every_stage) {
  const auto plan = plan_kills(scenario(), kTickets);
  EXPECT_EQ(plan.size(), 50U);
  std::size_t sends = 0;
  std::set<RequestStage> stages;
  for (const auto& [ticket, kill] : plan) {
    EXPECT_LT(ticket, kTickets);
    if (kill.during == PlannedKill::During::kSend) {
      ++sends;
      stages.insert(kill.stage);
    } else {
      EXPECT_LT(kill.share_of_create, 1);
    }
  }
  EXPECT_EQ(sends, 25U);
  EXPECT_EQ(stages.size(), 4U);
}

TEST(KillPlan, has_no_send_of_a_till_that_is_offline) {
  for (const auto& [ticket, kill] : plan_kills(scenario(), kTickets)) {
    if (kill.during != PlannedKill::During::kSend || ticket % 2 == 0) continue;
    EXPECT_FALSE(ticket >= kTickets / 4 && ticket < kTickets * 3 / 4) << ticket;
  }
}

TEST(KillPlan, is_the_same_for_the_same_seed) {
  const auto first = plan_kills(scenario(), kTickets);
  const auto second = plan_kills(scenario(), kTickets);
  for (const auto& [ticket, kill] : first) {
    ASSERT_TRUE(second.contains(ticket));
    EXPECT_EQ(kill.share_of_create, second.at(ticket).share_of_create);
    EXPECT_EQ(kill.stage, second.at(ticket).stage);
    EXPECT_EQ(kill.after_stage, second.at(ticket).after_stage);
  }
  auto other = scenario();
  other.seed = 43;
  EXPECT_NE(plan_kills(other, kTickets).begin()->first, first.begin()->first);
}

TEST(KillPlan, refuses_more_kills_than_tickets) {
  EXPECT_THROW(plan_kills(scenario(), 40), std::runtime_error);
}

}  // namespace
}  // namespace ccms::host_sim
