#include "tests/server/support/on_both_backends.h"

namespace ccms::test {
namespace {

class Sequences : public OnBothBackends {};

TEST_P(Sequences, MissingNumbersAreReportedUntilTheyArrive) {
  std::vector<wire::CaptureItem> items;
  for (int i = 0; i < 6; ++i) items.push_back(till.sign(till.created()));
  EXPECT_TRUE(till.send(transport(), {items[0]}).gaps.empty());
  const auto reply = till.send(transport(), {items[3], items[5]});
  const std::vector<wire::SequenceGap> expected{{1, 2, 3}, {1, 5, 5}};
  EXPECT_EQ(reply.gaps, expected);
  const std::vector<wire::SequenceGap> rest{{1, 3, 3}, {1, 5, 5}};
  EXPECT_EQ(till.send(transport(), {items[1]}).gaps, rest);
  EXPECT_TRUE(till.send(transport(), {items[2], items[4]}).gaps.empty());
  EXPECT_EQ(server.count("SELECT contiguous_seq FROM till_keys"), 6);
}

TEST_P(Sequences, ARejectedCaptureLeavesNoGap) {
  auto bad = till.created();
  std::get<domain::Created>(bad.body).content.ticket.category = domain::CategoryId("no_such_category");
  const auto good = till.created();
  const auto reply = till.send(transport(), {till.sign(bad), till.sign(good)});
  EXPECT_EQ(reply.outcomes.at(0).outcome, wire::CaptureOutcome::rejected);
  EXPECT_EQ(reply.outcomes.at(1).outcome, wire::CaptureOutcome::stored);
  EXPECT_TRUE(reply.gaps.empty());
  EXPECT_EQ(server.text("SELECT outcome FROM till_sequences WHERE seq = 1"), "rejected");
}

CCMS_ON_BOTH_BACKENDS(Sequences);

}  // namespace
}  // namespace ccms::test
