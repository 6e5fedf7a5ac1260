#include <nlohmann/json.hpp>

#include "core/workflow/workflow.h"
#include "server/app/services.h"
#include "server/ledger/ledger.h"
#include "server/settings/settings_store.h"
#include "server/store/ticket_events.h"
#include "server/verification/pending_checks.h"
#include "tests/server/support/on_both_backends.h"

namespace ccms::test {
namespace {

using nlohmann::json;
using wire::CaptureOutcome;

class Projection : public OnBothBackends {
 protected:
  void book(const domain::Transaction& transaction) {
    server::Ledger(server.database()).add({transaction}, server.clock().now());
  }

  domain::Capture send_created(domain::TicketContent content) {
    auto capture = till.created(std::move(content));
    const auto outcome = till.send_one(transport(), till.sign(capture));
    EXPECT_EQ(outcome.outcome, CaptureOutcome::stored) << (outcome.problem ? outcome.problem->field : "");
    return capture;
  }

  CaptureOutcome send_later(const domain::Capture& created, domain::CaptureBody body) {
    return till.send_one(transport(), till.sign(till.about(created, std::move(body)))).outcome;
  }

  std::string verification_of(const domain::TicketContent& content) {
    const auto capture = send_created(content);
    return server.text("SELECT verification FROM tickets WHERE ticket_id = ?", {capture.ticket_id.str()});
  }

  std::vector<std::string> history(const domain::Capture& created) {
    std::vector<std::string> types;
    const auto lease = server.database().reader();
    const auto rows = lease->query("SELECT type FROM ticket_events WHERE ticket_id = ? ORDER BY number",
                                   {created.ticket_id.str()});
    for (const auto& row : rows) types.push_back(row.text(0));
    return types;
  }
};

TEST_P(Projection, ABookedPurchaseIsVerified) {
  const auto content = purchase_content("R-1");
  book(*content.transaction);
  EXPECT_EQ(verification_of(content), "verified");
  EXPECT_EQ(server.text("SELECT department FROM tickets"), "repairs");
}

TEST_P(Projection, WithoutAPurchaseATicketIsUnverified) {
  EXPECT_EQ(verification_of(plain_content()), "unverified");
}

TEST_P(Projection, AlteredPurchasesAreMismatches) {
  int number = 0;
  const auto altered = [&](const std::function<void(domain::Transaction&)>& alter) {
    const auto content = purchase_content("R-" + std::to_string(++number));
    auto booked = *content.transaction;
    alter(booked);
    book(booked);
    EXPECT_EQ(verification_of(content), "mismatch") << number;
  };
  altered([](domain::Transaction& t) { t.lines[0].amount.amount += 1; });
  altered([](domain::Transaction& t) { t.lines[0].quantity = domain::Quantity::parse("1").value(); });
  altered([](domain::Transaction& t) { t.lines[1].product_id = "P-COFFEE"; });
  altered([](domain::Transaction& t) { t.lines.pop_back(); });
  altered([](domain::Transaction& t) { t.customer_id = domain::CustomerId("C2"); });
}

TEST_P(Projection, GoodsCanBeClaimedOnlyAsOftenAsTheyWereBought) {
  const auto content = purchase_content("R-1");  // two kettles, one complained about
  book(*content.transaction);
  EXPECT_EQ(verification_of(content), "verified");
  EXPECT_EQ(verification_of(content), "verified");
  EXPECT_EQ(verification_of(content), "mismatch");
}

TEST_P(Projection, GoodsThatWereGivenBackCannotBeClaimed) {
  const auto content = purchase_content("R-1");
  book(*content.transaction);
  auto back = *content.transaction;
  back.id = "R-2";
  back.type = domain::TransactionType::return_;
  back.original = "R-1";
  book(back);
  EXPECT_EQ(verification_of(content), "mismatch");
}

TEST_P(Projection, APurchaseThatIsBookedLaterSettlesThePendingTicket) {
  const auto content = purchase_content("R-1");
  EXPECT_EQ(verification_of(content), "pending");
  server::SettingsStore settings(server.database());
  const auto log = server::Logger::silent();
  server::Metrics metrics;
  server::Ledger ledger(server.database());
  const server::Services services{server.database(), server.clock(), settings, log, metrics, server.config()};
  server::PendingChecks checks(services, ledger);
  EXPECT_EQ(checks.run_once(server.clock().now()), 0U);
  book(*content.transaction);
  EXPECT_EQ(checks.run_once(server.clock().now()), 1U);
  EXPECT_EQ(server.text("SELECT verification FROM tickets"), "verified");
  EXPECT_EQ(server.count("SELECT version FROM tickets"), 2);
}

TEST_P(Projection, AllocationWaitsForVerificationWhereTheFlowSaysSo) {
  auto document = json::parse(sample_settings());
  document["workflow"]["verification"] = "before_allocation";
  server.publish(document.dump());
  server.restart();
  const auto created = send_created(purchase_content("R-1"));
  EXPECT_EQ(history(created), (std::vector<std::string>{"created", "checked"}));
  EXPECT_EQ(server.count("SELECT COUNT(*) AS n FROM tickets WHERE department IS NULL"), 1);
  EXPECT_EQ(server.count("SELECT COUNT(*) AS n FROM notifications WHERE audience = 'department'"), 0);

  server::SettingsStore settings(server.database());
  const auto log = server::Logger::silent();
  server::Metrics metrics;
  server::Ledger ledger(server.database());
  const server::Services services{server.database(), server.clock(), settings, log, metrics, server.config()};
  book(*purchase_content("R-1").transaction);
  server::PendingChecks(services, ledger).run_once(server.clock().now());
  EXPECT_EQ(history(created), (std::vector<std::string>{"created", "checked", "checked", "routed"}));
  EXPECT_EQ(server.count("SELECT COUNT(*) AS n FROM notifications WHERE audience = 'department'"), 1);
  EXPECT_EQ(server.count("SELECT COUNT(*) AS n FROM notifications WHERE audience = 'customer'"), 2);
}

TEST_P(Projection, ATrainingTicketIsNeitherRoutedNorToldOf) {
  auto capture = till.created(purchase_content("R-1"));
  capture.training = true;
  EXPECT_EQ(till.send_one(transport(), till.sign(capture)).outcome, CaptureOutcome::stored);
  EXPECT_EQ(history(capture), (std::vector<std::string>{"created"}));
  EXPECT_EQ(server.count("SELECT COUNT(*) AS n FROM tickets WHERE training = 1 AND department IS NULL"), 1);
  EXPECT_EQ(server.count("SELECT COUNT(*) AS n FROM notifications"), 0);
}

TEST_P(Projection, AnAmendmentReplacesWhatItNames) {
  const auto created = send_created(purchase_content("R-1"));
  domain::Amended amended;
  amended.changes.ticket.details = "It does switch off, but very late.";
  amended.reason = "misunderstood";
  EXPECT_EQ(send_later(created, amended), CaptureOutcome::stored);
  EXPECT_EQ(server.text("SELECT details FROM tickets"), "It does switch off, but very late.");
  EXPECT_EQ(server.text("SELECT customer_name FROM tickets"), "Anna Muster");
  EXPECT_EQ(history(created).back(), "amended");
}

TEST_P(Projection, AnAmendmentInTheBatchOfItsTicketIsCheckedLikeALaterOne) {
  auto content = purchase_content("R-1");
  content.proof.kind = domain::ProofKind::typed;
  book(*content.transaction);
  const auto created = till.created(content);
  domain::Amended amended;
  amended.changes.customer = domain::Customer{domain::CustomerId("C1"), "Anna Muster-Maier", {}};
  till.send(transport(), {till.sign(created), till.sign(till.about(created, amended))});
  EXPECT_EQ(server.text("SELECT verification FROM tickets"), "verified");
  EXPECT_EQ(history(created),
            (std::vector<std::string>{"created", "checked", "routed", "amended", "checked"}));
}

TEST_P(Projection, ATillCannotMakeAConfidentialTicketPublic) {
  auto content = plain_content();
  content.ticket.confidential = true;
  const auto created = send_created(content);
  domain::Amended amended;
  amended.changes.ticket.confidential = false;
  EXPECT_EQ(send_later(created, amended), CaptureOutcome::stored);
  EXPECT_EQ(server.count("SELECT confidential FROM tickets"), 1);
}

TEST_P(Projection, ACategoryThatWasConfidentialAtTheTillMakesTheTicketSo) {
  auto content = plain_content();
  content.ticket.category = domain::CategoryId("staff_behaviour");
  auto capture = till.created(content);
  capture.settings_version = 1;
  auto document = json::parse(sample_settings());
  for (auto& category : document["categories"]) category.erase("confidential");
  server.publish(document.dump());
  server.restart();
  EXPECT_EQ(till.send_one(transport(), till.sign(capture)).outcome, CaptureOutcome::stored);
  EXPECT_EQ(server.count("SELECT confidential FROM tickets"), 1);
}

TEST_P(Projection, WhatIsDoneInTrainingChangesNoRealTicket) {
  const auto created = send_created(purchase_content("R-1"));
  auto exercise = till.about(created, domain::Withdrawn{"entered_by_mistake"});
  exercise.training = true;
  const auto outcome = till.send_one(transport(), till.sign(exercise));
  EXPECT_EQ(outcome.outcome, CaptureOutcome::rejected);
  EXPECT_EQ(outcome.problem->field, "/training");
  EXPECT_EQ(server.count("SELECT withdrawn FROM tickets"), 0);
}

TEST_P(Projection, AChangedCustomerIsToldAndTheFormerOneNot) {
  const auto created = send_created(purchase_content("R-1"));
  EXPECT_EQ(server.count(
                "SELECT COUNT(*) AS n FROM notifications WHERE audience = 'customer' AND state = 'pending'"),
            2);
  domain::Amended amended;
  amended.changes.complainant = purchase_content("R-1").complainant;
  amended.changes.complainant->mobile = "+49 171 7654321";
  amended.changes.complainant->email = "berta@example.test";
  EXPECT_EQ(send_later(created, amended), CaptureOutcome::stored);
  EXPECT_EQ(server.count("SELECT COUNT(*) AS n FROM notifications WHERE state = 'cancelled'"), 2);
  EXPECT_EQ(
      server.count(
          "SELECT COUNT(*) AS n FROM notifications WHERE state = 'pending' AND recipient LIKE 'berta%'"),
      1);
}

TEST_P(Projection, AWithdrawnTicketIsFinishedAndNobodyIsTold) {
  const auto created = send_created(purchase_content("R-1"));
  EXPECT_EQ(send_later(created, domain::Withdrawn{"entered_by_mistake"}), CaptureOutcome::stored);
  EXPECT_EQ(server.count("SELECT COUNT(*) AS n FROM tickets WHERE withdrawn = 1 AND state_type = 'closed'"),
            1);
  EXPECT_EQ(server.count("SELECT COUNT(*) AS n FROM notifications WHERE state = 'pending'"), 0);
}

TEST_P(Projection, CommentsAndGoodsBecomeHistory) {
  const auto created = send_created(purchase_content("R-1"));
  send_later(created, domain::Commented{"Box is missing", domain::Visibility::internal});
  domain::GoodsReceived goods;
  goods.condition = domain::ReasonId("opened");
  goods.accessories = {"cable"};
  goods.shelf = "B4";
  send_later(created, goods);
  send_later(created, domain::HandedOver{"Anna", std::nullopt});
  EXPECT_EQ(history(created), (std::vector<std::string>{"created", "checked", "routed", "commented",
                                                        "goods_received", "handed_over"}));
  const auto kept = json::parse(server.text("SELECT goods FROM tickets"));
  EXPECT_EQ(kept.at("shelf"), "B4");
  EXPECT_EQ(kept.at("handed_over_to"), "Anna");
}

TEST_P(Projection, EventsOfATicketThatIsNotThereAreRefused) {
  const auto never_sent = till.created();
  const auto outcome = till.send_one(transport(), till.sign(till.about(never_sent, domain::Withdrawn{})));
  EXPECT_EQ(outcome.problem->code, "unknown_ticket");
  EXPECT_EQ(outcome.problem->field, "/ticket_id");

  const auto created = send_created(plain_content());
  auto stranger = another_till("S002", "S002-T1");
  const auto foreign =
      stranger.send_one(transport(), stranger.sign(stranger.about(created, domain::Withdrawn{})));
  EXPECT_EQ(foreign.problem->code, "unknown_ticket");
}

TEST_P(Projection, ASecondCreationOfATicketIsRefused) {
  const auto created = send_created(plain_content());
  auto second = till.created();
  second.ticket_id = created.ticket_id;
  EXPECT_EQ(till.send_one(transport(), till.sign(second)).problem->code, "ticket_id_conflict");
}

TEST_P(Projection, HistoryIsAHashChain) {
  const auto created = send_created(purchase_content("R-1"));
  send_later(created, domain::Commented{"Box is missing", domain::Visibility::public_});
  const auto lease = server.database().reader();
  const auto rows = lease->query(
      "SELECT number, type, at, actor_type, actor_id, actor_name, visibility, capture_digest, data, salt, "
      "content_digest, previous_digest, digest FROM ticket_events WHERE ticket_id = ? ORDER BY number",
      {created.ticket_id.str()});
  std::string previous;
  for (const auto& row : rows) {
    const server::EventActor actor{row.text("actor_type"), row.text("actor_id"), row.text("actor_name")};
    EXPECT_EQ(row.text("content_digest"),
              server::event_content_digest(row.text("salt"), actor, row.text("visibility") == "public",
                                           row.optional_text("capture_digest"), row.text("data")));
    EXPECT_EQ(row.text("previous_digest"), previous);
    previous = server::event_chain_digest(created.ticket_id.str(), row.integer("number"), row.text("type"),
                                          row.integer("at"), row.text("content_digest"), previous);
    EXPECT_EQ(row.text("digest"), previous);
  }
  EXPECT_EQ(lease->query("SELECT last_event_digest FROM tickets").front().text(0), previous);
}

CCMS_ON_BOTH_BACKENDS(Projection);

}  // namespace
}  // namespace ccms::test
