#include <thread>

#include "tests/server/support/on_both_backends.h"

namespace ccms::test {
namespace {

using wire::CaptureOutcome;

class ExactlyOnce : public OnBothBackends {};

TEST_P(ExactlyOnce, ACaptureIsStoredVerbatimAndMakesATicket) {
  const auto capture = till.created();
  const auto item = till.sign(capture);
  const auto outcome = till.send_one(transport(), item);
  EXPECT_EQ(outcome.outcome, CaptureOutcome::stored);
  EXPECT_EQ(outcome.event_id, capture.event_id);
  EXPECT_EQ(server.text("SELECT capture FROM captures"), item.capture);
  EXPECT_EQ(server.text("SELECT code FROM tickets"), std::get<domain::Created>(capture.body).code.str());
  EXPECT_EQ(server.text("SELECT department FROM tickets"), "customer_care");
  EXPECT_EQ(server.count("SELECT COUNT(*) AS n FROM ticket_events"), 3);  // created, checked, routed
}

TEST_P(ExactlyOnce, ResendingGivesDuplicatesAndNoSecondRow) {
  std::vector<wire::CaptureItem> items;
  for (int i = 0; i < 20; ++i) items.push_back(till.sign(till.created()));
  for (const auto& outcome : till.send(transport(), items).outcomes)
    EXPECT_EQ(outcome.outcome, CaptureOutcome::stored);
  server.restart();
  for (const auto& outcome : till.send(transport(), items).outcomes) {
    EXPECT_EQ(outcome.outcome, CaptureOutcome::duplicate);
  }
  EXPECT_EQ(server.count("SELECT COUNT(*) AS n FROM tickets"), 20);
  EXPECT_EQ(server.count("SELECT captures_stored FROM tills"), 20);
  EXPECT_EQ(server.count("SELECT captures_duplicate FROM tills"), 20);
}

TEST_P(ExactlyOnce, TheSameItemTwiceInOneBatchIsOneTicket) {
  const auto item = till.sign(till.created());
  const auto outcomes = till.send(transport(), {item, item}).outcomes;
  EXPECT_EQ(outcomes.at(0).outcome, CaptureOutcome::stored);
  EXPECT_EQ(outcomes.at(1).outcome, CaptureOutcome::duplicate);
  EXPECT_EQ(server.count("SELECT COUNT(*) AS n FROM tickets"), 1);
}

TEST_P(ExactlyOnce, ConcurrentDuplicateBatchesStoreEachCaptureOnce) {
  std::vector<wire::CaptureItem> items;
  for (int i = 0; i < 10; ++i) items.push_back(till.sign(till.created()));
  constexpr int kSenders = 4;
  std::vector<server::Request> requests;
  for (int i = 0; i < kSenders; ++i) requests.push_back(till.batch_request(items));
  std::vector<server::Response> responses(kSenders);
  std::vector<std::thread> threads;
  for (std::size_t i = 0; i < kSenders; ++i) {
    threads.emplace_back([&, i] { responses[i] = server.send(requests[i]); });
  }
  for (auto& thread : threads) thread.join();

  int stored = 0;
  for (const auto& response : responses) {
    if (response.status == 409) continue;  // an earlier one moved the generation on by more than one
    ASSERT_EQ(response.status, 200) << response.body;
    for (const auto& outcome : wire::parse_batch_reply(response.body)->outcomes) {
      stored += outcome.outcome == CaptureOutcome::stored ? 1 : 0;
    }
  }
  EXPECT_EQ(stored, 10);
  EXPECT_EQ(server.count("SELECT COUNT(*) AS n FROM tickets"), 10);
  EXPECT_EQ(server.count("SELECT COUNT(*) AS n FROM captures"), 10);
}

TEST_P(ExactlyOnce, OtherBytesUnderAnEventIdAreRefusedForEver) {
  auto capture = till.created();
  till.send(transport(), {till.sign(capture)});
  capture.clerk.name = "Somebody else";
  const auto swapped = till.sign(capture);
  for (int attempt = 0; attempt < 2; ++attempt) {
    const auto outcome = till.send_one(transport(), swapped);
    EXPECT_EQ(outcome.outcome, CaptureOutcome::rejected);
    EXPECT_EQ(outcome.problem->code, "event_id_conflict");
    EXPECT_EQ(outcome.problem->field, "/event_id");
  }
  EXPECT_EQ(server.text("SELECT clerk_name FROM tickets"), "Mia");
}

TEST_P(ExactlyOnce, AnEventIdOfTheServersOwnIsRefusedAndHoldsUpNoOther) {
  till.send(transport(), {till.sign(till.created())});
  auto taken = till.created();
  taken.event_id =
      domain::EventId(server.text("SELECT event_id FROM ticket_events WHERE capture_digest IS NULL LIMIT 1"));
  const auto reply = till.send(transport(), {till.sign(taken), till.sign(till.created())});
  ASSERT_EQ(reply.outcomes.at(0).outcome, CaptureOutcome::rejected);
  EXPECT_EQ(reply.outcomes.at(0).problem->code, "event_id_conflict");
  EXPECT_EQ(reply.outcomes.at(1).outcome, CaptureOutcome::stored);
}

TEST_P(ExactlyOnce, ACodeThatIsTakenIsReplacedAndTheTillToldEachTime) {
  const auto first = till.created();
  auto second = till.created();
  std::get<domain::Created>(second.body).code = std::get<domain::Created>(first.body).code;
  till.send(transport(), {till.sign(first)});
  const auto outcome = till.send_one(transport(), till.sign(second));
  EXPECT_EQ(outcome.outcome, CaptureOutcome::code_changed);
  ASSERT_TRUE(outcome.code.has_value());
  EXPECT_NE(*outcome.code, std::get<domain::Created>(first.body).code);
  const auto again = till.send_one(transport(), till.sign(second));
  EXPECT_EQ(again.outcome, CaptureOutcome::code_changed);
  EXPECT_EQ(again.code, outcome.code);
  EXPECT_EQ(server.count("SELECT COUNT(*) AS n FROM tickets"), 2);
}

CCMS_ON_BOTH_BACKENDS(ExactlyOnce);

}  // namespace
}  // namespace ccms::test
