#include <nlohmann/json.hpp>

#include "tests/server/support/on_both_backends.h"

namespace ccms::test {
namespace {

using nlohmann::json;

/// A till that printed a date on a slip.
class PromiseTest : public OnBothBackends {
 protected:
  PromiseTest() {
    server.clock().advance(domain::parse_rfc3339("2026-11-23T09:00:00.000Z").value() - server.clock().now());
  }

  std::string send_promising(const std::optional<std::string>& answer_by, std::int64_t settings_version = 1) {
    auto capture = till.created();
    capture.settings_version = settings_version;
    auto& body = std::get<domain::Created>(capture.body);
    if (answer_by) body.answer_by = domain::parse_rfc3339(*answer_by).value();
    const auto outcome = till.send_one(transport(), till.sign(capture));
    EXPECT_EQ(outcome.outcome, wire::CaptureOutcome::stored);
    return capture.ticket_id.str();
  }
  json event(const std::string& ticket_id, const std::string& type) {
    if (server.count("SELECT COUNT(*) FROM ticket_events WHERE ticket_id = ? AND type = ?",
                     {ticket_id, type}) == 0)
      return nullptr;
    return json::parse(
        server.text("SELECT data FROM ticket_events WHERE ticket_id = ? AND type = ?", {ticket_id, type}));
  }
};

TEST_P(PromiseTest, IsConfirmedWhenTheServerComesToTheSame) {
  const auto ticket = send_promising("2026-11-28T12:00:00.000Z");
  const auto confirmed = event(ticket, "answer_by_confirmed");
  ASSERT_FALSE(confirmed.is_null());
  EXPECT_EQ(confirmed["answer_by"], "2026-11-28T12:00:00.000Z");
  EXPECT_TRUE(event(ticket, "answer_by_changed").is_null());
}

TEST_P(PromiseTest, IsAmendedWithAReasonWhenTheServerKnowsBetter) {
  const auto ticket = send_promising("2026-11-25T12:00:00.000Z");
  const auto changed = event(ticket, "answer_by_changed");
  ASSERT_FALSE(changed.is_null());
  EXPECT_EQ(changed["promised"], "2026-11-25T12:00:00.000Z");
  EXPECT_EQ(changed["answer_by"], "2026-11-28T12:00:00.000Z");
  EXPECT_EQ(changed["reason"], "created");
  EXPECT_EQ(server.count("SELECT promised_answer_by FROM tickets WHERE ticket_id = ?", {ticket}),
            server.count("SELECT answer_by FROM tickets WHERE ticket_id = ?", {ticket}));
}

TEST_P(PromiseTest, OfAnOlderTillIsNoneAndNothingIsSaidAboutIt) {
  const auto ticket = send_promising(std::nullopt);
  EXPECT_TRUE(event(ticket, "answer_by_confirmed").is_null());
  EXPECT_TRUE(event(ticket, "answer_by_changed").is_null());
  EXPECT_EQ(server.count("SELECT COUNT(*) FROM tickets WHERE answer_by IS NOT NULL"), 1);
}

TEST_P(PromiseTest, WaitsForVerificationWhereRoutingDoes) {
  json chain = json::parse(sample_settings());
  chain["workflows"][0]["verification"] = "before_allocation";
  server.publish(chain.dump());
  server.restart();
  const auto ticket = send_promising("2026-11-28T12:00:00.000Z");
  EXPECT_TRUE(event(ticket, "answer_by_confirmed").is_null()) << "nobody knows yet who answers";
  EXPECT_TRUE(event(ticket, "answer_by_changed").is_null());
}

TEST_P(PromiseTest, OfATillWhoseClockIsOffByMinutesIsKept) {
  till.clock_error = std::chrono::minutes(2);
  json chain = json::parse(sample_settings());
  chain["turn_around_times"][3]["maximum"] = {{"unit", "hours"}, {"amount", 48}};
  chain["turn_around_times"][3]["minimum"]["otherwise"] = {{"unit", "hours"}, {"amount", 24}};
  server.publish(chain.dump());
  server.restart();
  const auto ticket = send_promising("2026-11-25T09:02:00.000Z", 2);
  EXPECT_FALSE(event(ticket, "answer_by_confirmed").is_null());
}

CCMS_ON_BOTH_BACKENDS(PromiseTest);

}  // namespace
}  // namespace ccms::test
