// What a till settles at the counter.
#include <nlohmann/json.hpp>

#include "core/db/transaction.h"
#include "server/store/user_store.h"
#include "tests/server/support/on_both_backends.h"

namespace ccms::test {
namespace {

using nlohmann::json;
using wire::CaptureOutcome;

class Settlement : public OnBothBackends {
 protected:
  domain::Capture send_created(const domain::TicketContent& content = plain_content()) {
    auto capture = till.created(content);
    EXPECT_EQ(till.send_one(transport(), till.sign(capture)).outcome, CaptureOutcome::stored);
    return capture;
  }
  wire::ItemOutcome send(FakeTill& sender, const domain::Capture& created, domain::CaptureBody body) {
    return sender.send_one(transport(), sender.sign(sender.about(created, std::move(body))));
  }
  void expect_refused(const wire::ItemOutcome& outcome, const std::string& code, const std::string& field) {
    ASSERT_EQ(outcome.outcome, CaptureOutcome::rejected);
    EXPECT_EQ(outcome.problem->code, code);
    EXPECT_EQ(outcome.problem->field, field);
  }
};

domain::Settled refund() {
  return {domain::ReasonId("refunded"), "Money back at the counter.",
          domain::Remedy{domain::RemedyKind::refund, domain::Money{1999, "EUR"}}, domain::Clerk{"m1", "Ada"}};
}

TEST_P(Settlement, ClosesTheTicketAndSaysHow) {
  const auto created = send_created(purchase_content("R-1"));
  ASSERT_EQ(send(till, created, refund()).outcome, CaptureOutcome::stored);
  EXPECT_EQ(server.text("SELECT state FROM tickets"), "closed");
  EXPECT_EQ(server.text("SELECT state_type FROM tickets"), "closed");
  EXPECT_EQ(server.text("SELECT resolution_code FROM tickets"), "refunded");
  EXPECT_EQ(server.text("SELECT resolution_note FROM tickets"), "Money back at the counter.");
  EXPECT_EQ(server.count("SELECT COUNT(*) AS n FROM tickets WHERE closed_at IS NOT NULL"), 1);
  const auto data = json::parse(server.text("SELECT data FROM ticket_events WHERE type = 'settled'"));
  EXPECT_EQ(data.at("resolution_code"), "refunded");
  EXPECT_EQ(data.at("remedy"),
            json({{"kind", "refund"}, {"amount", {{"amount", 1999}, {"currency", "EUR"}}}}));
  EXPECT_EQ(data.at("approved_by").at("name"), "Ada");
}

TEST_P(Settlement, TellsTheCustomerAsAStaffCloseDoes) {
  const auto created = send_created(purchase_content("R-1"));
  send(till, created, refund());
  EXPECT_EQ(server.count("SELECT COUNT(*) AS n FROM notifications WHERE trigger_on = 'closed' AND audience = "
                         "'customer'"),
            2);
}

/// Customer care, where plain tickets go, assigns by itself.
class SettledAtOnce : public Settlement {
 protected:
  SettledAtOnce() {
    auto document = json::parse(sample_settings());
    document["remedies"] = {{{"id", "refund"}, {"at_most", 2000}}};
    for (json& department : document["departments"]) department["assignment"] = {{"by", "round_robin"}};
    server.publish(document.dump());
    server.restart();
    db::with_transaction(server.database(), [&](db::Connection& connection) {
      server::User user;
      user.user_id = "u-anna";
      user.login = user.name = "anna";
      for (const char* department : {"customer_care", "repairs"})
        user.roles.push_back({"department_staff", department});
      server::UserStore(connection).insert(user, "", server.clock().now());
    });
  }

  std::vector<wire::ItemOutcome> send_together(domain::Settled settled) {
    auto created = till.created(purchase_content("R-1"));
    created.settings_version = 2;
    auto settles = till.about(created, std::move(settled));
    settles.settings_version = 2;
    return till.send(transport(), {till.sign(created), till.sign(settles)}).outcomes;
  }
  std::int64_t told_of(const std::string& occasion) {
    return server.count("SELECT COUNT(*) AS n FROM notifications WHERE trigger_on = ?", {occasion});
  }
  std::int64_t events(const std::string& type) {
    return server.count("SELECT COUNT(*) AS n FROM ticket_events WHERE type = ?", {type});
  }
};

TEST_P(SettledAtOnce, ItTakesNobodysTurnAndIsToldOnce) {
  const auto outcomes = send_together(refund());
  EXPECT_EQ(outcomes.at(1).outcome, CaptureOutcome::stored);
  EXPECT_EQ(server.text("SELECT state FROM tickets"), "closed");
  EXPECT_EQ(told_of("created"), 0);
  EXPECT_GT(told_of("closed"), 0);
  EXPECT_EQ(events("routed"), 1) << "it counts for its department";
  EXPECT_EQ(events("assigned"), 0);
  EXPECT_EQ(server.count("SELECT COUNT(*) AS n FROM assignment_turns"), 0);
}

TEST_P(SettledAtOnce, WhereTheSettlementIsRefusedTheTicketIsWorkedOnLikeAnyOther) {
  auto too_much = refund();
  too_much.remedy->amount->amount = 2001;
  const auto outcomes = send_together(too_much);
  EXPECT_EQ(outcomes.at(0).outcome, CaptureOutcome::stored);
  EXPECT_EQ(outcomes.at(1).outcome, CaptureOutcome::rejected);
  EXPECT_EQ(told_of("created"), 3);
  EXPECT_EQ(told_of("closed"), 0);
  EXPECT_EQ(events("assigned"), 1);
}

TEST_P(SettledAtOnce, WhatIsSentAgainIsNotToldAgain) {
  auto created = till.created(purchase_content("R-1"));
  auto too_much = refund();
  too_much.remedy->amount->amount = 2001;
  auto settles = till.about(created, too_much);
  created.settings_version = settles.settings_version = 2;
  const std::vector<wire::CaptureItem> batch = {till.sign(created), till.sign(settles)};
  till.send(transport(), batch);
  till.send(transport(), batch);
  EXPECT_EQ(told_of("created"), 3);
  EXPECT_EQ(events("assigned"), 1);
}

TEST_P(Settlement, IsHeldToTheLimitsThatTheTillHad) {
  auto document = json::parse(sample_settings());
  document["remedies"] = {{{"id", "refund"}, {"approval_above", 1000}, {"at_most", 2000}}};
  server.publish(document.dump());
  server.restart();
  const auto created = send_created();
  const auto under_limits = [&](domain::Settled settled) {
    auto capture = till.about(created, std::move(settled));
    capture.settings_version = 2;
    return till.send_one(transport(), till.sign(capture));
  };
  auto alone = refund();
  alone.approved_by.reset();
  expect_refused(under_limits(alone), "approval_needed", "/body/approved_by");
  auto too_much = refund();
  too_much.remedy->amount->amount = 2001;
  expect_refused(under_limits(too_much), "too_much", "/body/remedy/amount");
  auto voucher = refund();
  voucher.remedy->kind = domain::RemedyKind::voucher;
  expect_refused(under_limits(voucher), "not_offered", "/body/remedy/kind");
  EXPECT_EQ(send(till, created, too_much).outcome, CaptureOutcome::stored)
      << "the version that this till worked by knew no limits";
}

TEST_P(Settlement, HappensOnce) {
  const auto created = send_created();
  const auto settled = till.sign(till.about(created, refund()));
  EXPECT_EQ(till.send_one(transport(), settled).outcome, CaptureOutcome::stored);
  EXPECT_EQ(till.send_one(transport(), settled).outcome, CaptureOutcome::duplicate);
  expect_refused(send(till, created, refund()), "already_finished", "/ticket_id");
}

TEST_P(Settlement, ComesTooLateForAWithdrawnTicket) {
  const auto created = send_created();
  send(till, created, domain::Withdrawn{});
  expect_refused(send(till, created, refund()), "already_finished", "/ticket_id");
}

TEST_P(Settlement, NeedsAResolutionAndACurrencyOfTheChain) {
  const auto created = send_created();
  auto unknown = refund();
  unknown.resolution_code = domain::ReasonId("eaten");
  expect_refused(send(till, created, unknown), "unknown_option", "/body/resolution_code");
  auto dollars = refund();
  dollars.remedy->amount->currency = "USD";
  expect_refused(send(till, created, dollars), "bad_value", "/body/remedy/amount/currency");
  EXPECT_EQ(server.text("SELECT state FROM tickets"), "open");
}

TEST_P(Settlement, IsForTheTicketsOwnStores) {
  auto content = plain_content();
  content.ticket.collect_at = domain::StoreId("S003");
  const auto created = send_created(content);
  auto stranger = another_till("S002", "S002-T1");
  expect_refused(send(stranger, created, refund()), "unknown_ticket", "/ticket_id");
  auto collecting = another_till("S003", "S003-T1");
  EXPECT_EQ(send(collecting, created, refund()).outcome, CaptureOutcome::stored);
}

CCMS_ON_BOTH_BACKENDS(Settlement);
CCMS_ON_BOTH_BACKENDS(SettledAtOnce);

/// What any store of the chain may do for a customer who shows a ticket's code.
class OtherStore : public Settlement {
 protected:
  FakeTill stranger = another_till("S002", "S002-T1");
};

TEST_P(OtherStore, CommentsAndTakesGoodsIn) {
  const auto created = send_created();
  EXPECT_EQ(send(stranger, created, domain::Commented{"He is here", domain::Visibility::internal}).outcome,
            CaptureOutcome::stored);
  domain::GoodsReceived goods;
  goods.condition = domain::ReasonId("opened");
  EXPECT_EQ(send(stranger, created, goods).outcome, CaptureOutcome::stored);
  for (const char* type : {"commented", "goods_received"}) {
    EXPECT_EQ(json::parse(server.text("SELECT data FROM ticket_events WHERE type = ?", {type})).at("store"),
              "S002");
  }
  EXPECT_EQ(json::parse(server.text("SELECT goods FROM tickets")).at("store"), "S002");
  send(till, created, goods);
  EXPECT_FALSE(json::parse(server.text("SELECT goods FROM tickets")).contains("store"));
}

TEST_P(OtherStore, DoesNothingElse) {
  const auto created = send_created();
  domain::GoodsReceived goods;
  goods.condition = domain::ReasonId("opened");
  send(till, created, goods);
  domain::Amended amended;
  amended.changes.ticket.details = "Something else.";
  for (const domain::CaptureBody& body :
       {domain::CaptureBody(amended), domain::CaptureBody(domain::Withdrawn{}),
        domain::CaptureBody(domain::HandedOver{}), domain::CaptureBody(refund())}) {
    expect_refused(send(stranger, created, body), "unknown_ticket", "/ticket_id");
  }
}

TEST_P(OtherStore, KnowsNothingOfAConfidentialTicket) {
  auto content = plain_content();
  content.ticket.category = domain::CategoryId("staff_behaviour");
  const auto created = send_created(content);
  expect_refused(send(stranger, created, domain::Commented{"Who?", domain::Visibility::internal}),
                 "unknown_ticket", "/ticket_id");
}

CCMS_ON_BOTH_BACKENDS(OtherStore);

}  // namespace
}  // namespace ccms::test
