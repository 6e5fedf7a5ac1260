// Turn-around times against an oracle that lives through every minute of a ticket.

#include <gtest/gtest.h>

#include "tests/core/workflow/oracle/tat_oracle.h"
#include "tests/core/workflow/random_ticket.h"

namespace ccms::workflow {
namespace {

using testing::OracleStatus;
using testing::Place;
using testing::WallMinutes;

TEST(TatOracle, AgreesOnThousandsOfRandomTickets) {
  std::mt19937_64 random(20261122);
  std::map<std::string, WallMinutes> walls;
  for (const Place& place : testing::places()) walls.emplace(place.zone, place);
  int breaches = 0, deadlines = 0, new_rounds = 0;
  for (int number = 0; number < testing::kOracleCases; ++number) {
    const Place& place = testing::places()[static_cast<std::size_t>(number) % testing::places().size()];
    const testing::RandomTicket ticket = testing::random_ticket(random, place);
    const auto expected =
        testing::live_through(ticket.versions, walls.at(place.zone), ticket.timeline, ticket.now);
    const auto statuses = evaluate(ticket.rules_of(), ticket.timeline, ticket.now);
    ASSERT_EQ(statuses.size(), expected.size()) << number << "\n" << describe(ticket);
    for (std::size_t i = 0; i < expected.size(); ++i) {
      const TatStatus& status = statuses[i];
      const OracleStatus& oracle = expected[i];
      SCOPED_TRACE(std::to_string(number) + " " + oracle.tat + "\n" + describe(ticket));
      ASSERT_EQ(status.tat, oracle.tat);
      if (oracle.beyond) continue;
      ASSERT_EQ(status.in_force, oracle.in_force);
      ASSERT_EQ(status.round, oracle.round);
      ASSERT_EQ(status.started, oracle.started);
      ASSERT_EQ(status.stopped, oracle.stopped);
      ASSERT_EQ(status.paused, oracle.paused);
      ASSERT_EQ(status.elapsed, std::chrono::minutes(oracle.elapsed_minutes));
      ASSERT_EQ(status.breaches, oracle.breaches);
      if (oracle.deadline_known) {
        ASSERT_EQ(status.aim, oracle.aim);
        ASSERT_EQ(status.deadline, oracle.deadline);
      }
      breaches += static_cast<int>(oracle.breaches.size());
      deadlines += oracle.deadline ? 1 : 0;
      new_rounds += oracle.round > 1 ? 1 : 0;
    }
  }
  // Or the cases would prove nothing.
  EXPECT_GT(breaches, testing::kOracleCases * 3 / 10);
  EXPECT_GT(deadlines, testing::kOracleCases * 3 / 10);
  EXPECT_GT(new_rounds, testing::kOracleCases / 10);
}

}  // namespace
}  // namespace ccms::workflow
