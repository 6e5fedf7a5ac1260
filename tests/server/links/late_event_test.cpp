#include "server/jobs/change_sequencer.h"
#include "tests/server/links/links_fixture.h"
#include "tests/server/support/fake_till.h"

namespace ccms::test {
namespace {

using nlohmann::json;

/// A till that knows nothing of a merge yet.
class LateEventTest : public LinksFixture {
 protected:
  LateEventTest() : till(server.clock()) {
    till.enrol(transport(), server.enrolment_code("S001", "S001-T1"));
    created = till.created();
    till.send(transport(), {till.sign(*created)});
    twin = server.get(server.hq(), "/api/v1/tickets/" + created->ticket_id.str()).json["ticket"];
    into = create();
    const Answer answer =
        merge(twin, into, {{"accept_other_customer", true}, {"accept_later_deadline", true}});
    EXPECT_EQ(answer.status, 200) << answer.response.body;
  }

  FakeTill::Transport transport() {
    return [this](server::Request request) { return server.send(std::move(request)); };
  }
  wire::CaptureOutcome send(domain::CaptureBody body) {
    server.clock().advance(std::chrono::seconds(1));
    return till.send_one(transport(), till.sign(till.about(*created, std::move(body)))).outcome;
  }

  FakeTill till;
  std::optional<domain::Capture> created;
  json twin;
  json into;
};

TEST_P(LateEventTest, ItLandsInTheMergedTicketsHistoryAndTheOtherOneSaysSo) {
  EXPECT_EQ(send(domain::Commented{"The customer called", domain::Visibility::internal}),
            wire::CaptureOutcome::stored);
  ASSERT_EQ(events(twin, "commented").size(), 1U);
  EXPECT_EQ(events(into, "commented").size(), 0U);
  const auto noted = events(into, "merged_ticket_changed");
  ASSERT_EQ(noted.size(), 1U);
  EXPECT_EQ(noted[0]["event"], "commented");
  EXPECT_EQ(noted[0]["ticket"]["code"], twin["code"]);
  EXPECT_GT(ticket(into)["updated_at"], into["updated_at"]);
}

TEST_P(LateEventTest, GoodsAreTakenInUnderTheMergedTicket) {
  domain::GoodsReceived received;
  received.condition = domain::ReasonId("used");
  EXPECT_EQ(send(received), wire::CaptureOutcome::stored);
  EXPECT_TRUE(ticket(twin).contains("goods"));
  EXPECT_EQ(events(into, "merged_ticket_changed")[0]["event"], "goods_received");
}

TEST_P(LateEventTest, OfAChainTheLastOneSaysIt) {
  const json last = create();
  merged(into, last);
  EXPECT_EQ(send(domain::Commented{"Again", domain::Visibility::internal}), wire::CaptureOutcome::stored);
  EXPECT_EQ(events(into, "merged_ticket_changed").size(), 0U);
  EXPECT_EQ(events(last, "merged_ticket_changed").size(), 1U);
}

TEST_P(LateEventTest, WhatWasNotedLateIsThereWhenTheMergeIsUndone) {
  ASSERT_EQ(send(domain::Withdrawn{}), wire::CaptureOutcome::stored);
  EXPECT_EQ(ticket(into)["withdrawn"], false);
  ASSERT_EQ(undo(twin).status, 200);
  EXPECT_EQ(ticket(twin)["withdrawn"], true);
}

TEST_P(LateEventTest, TheTillHearsThatItsTicketIsClosedAndFindsTheOtherByItsCode) {
  server::ChangeSequencer(server.database(), "test").run_once(server.clock().now());
  const auto reply = wire::parse_changes_reply(
                         server.send(till.request("GET", "/api/v1/sync/changes?cursor=0&limit=200")).body)
                         .value.value();
  bool heard = false;
  for (const auto& update : reply.updates) {
    if (update.ticket_id != created->ticket_id) continue;
    heard = true;
    EXPECT_EQ(update.state.type, domain::StateType::closed);
  }
  EXPECT_TRUE(heard);
  const auto found = server.send(till.request("GET", "/api/v1/sync/tickets/" + code_of(twin)));
  EXPECT_EQ(json::parse(found.body)["ticket"]["code"], into["code"]);
}

INSTANTIATE_TEST_SUITE_P(Databases, LateEventTest, testing::Values(Backend::sqlite, Backend::mariadb),
                         backend_name);

}  // namespace
}  // namespace ccms::test
