#include <nlohmann/json.hpp>

#include "core/crypto/digest.h"
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
    return state_of(capture.ticket_id.str());
  }

  std::string state_of(const std::string& ticket_id) {
    return server.text("SELECT verification FROM tickets WHERE ticket_id = ?", {ticket_id});
  }

  /// Runs the job that looks at waiting purchases again; returns for how many something else came out.
  std::size_t check_what_is_due() {
    server::SettingsStore settings(server.database());
    const auto log = server::Logger::silent();
    server::Metrics metrics;
    server::Ledger ledger(server.database());
    const server::Services services{server.database(), server.clock(), settings, log,
                                    metrics,           server.config()};
    return server::PendingChecks(services, ledger).run_once(server.clock().now());
  }

  /// As when the department has it ready; that events and columns agree is not what is tested.
  void make_ready() {
    server.database().writer()->execute(
        "UPDATE tickets SET state = 'ready', state_type = 'pending', ready_to_collect = 1");
  }

  /// The sample chain's settings with other members in the step `hand_over`.
  static json with_hand_over(const json& members) {
    auto document = json::parse(sample_settings());
    for (auto& transition : document["workflows"][0]["transitions"]) {
      if (transition["id"] == "hand_over") transition.update(members);
    }
    return document;
  }

  json last_event() {
    return json::parse(server.text("SELECT data FROM ticket_events ORDER BY number DESC LIMIT 1"));
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

TEST_P(Projection, CardNumbersFromATillAreOnlyInTheBytesItSigned) {
  const std::string card = "4111 1111 1111 1111";
  auto content = plain_content();
  content.ticket.details = "Charged twice on " + card;
  content.complainant.kind = domain::ComplainantKind::contact;
  content.complainant.name = "Anna " + card;
  const auto created = send_created(content);
  domain::ContentChanges changes;
  changes.ticket.details = "Charged three times on " + card;
  EXPECT_EQ(send_later(created, domain::Amended{changes, "said " + card}), CaptureOutcome::stored);
  EXPECT_EQ(send_later(created, domain::Commented{"Called, " + card, domain::Visibility::internal}),
            CaptureOutcome::stored);

  const auto holding = [&](const std::string& column, const std::string& table) {
    return server.count("SELECT COUNT(*) AS n FROM " + table + " WHERE " + column + " LIKE ?",
                        {"%1111%1111%1111%"});
  };
  for (const char* column : {"details", "details_start", "customer_name", "complainant"})
    EXPECT_EQ(holding(column, "tickets"), 0) << column;
  EXPECT_EQ(holding("words", "ticket_texts"), 0);
  EXPECT_EQ(holding("data", "ticket_events"), 0);
  EXPECT_EQ(holding("body", "notifications"), 0);
  EXPECT_NE(server.text("SELECT details FROM tickets").find("[card ****1111]"), std::string::npos);
  const auto lease = server.database().reader();
  for (const auto& row : lease->query("SELECT capture, digest FROM captures")) {
    EXPECT_NE(row.blob("capture").find(card), std::string::npos) << "what was signed stays as it was";
    EXPECT_EQ(crypto::sha256_hex(row.blob("capture")), row.text("digest"));
  }
}

TEST_P(Projection, ASearchableDateIsIndexedAsItsMidnightInUtc) {
  auto document = json::parse(sample_settings());
  for (auto& field : document["fields"])
    if (field["id"] == "purchase_date") field["searchable"] = true;
  server.publish(document.dump());
  server.restart();
  auto content = plain_content();
  content.ticket.custom[domain::FieldId("purchase_date")] = std::string("2026-11-14");
  const auto created = send_created(content);
  const auto indexed = [&](const std::string& column) {
    return server.count("SELECT " + column + " AS n FROM ticket_fields WHERE field = 'purchase_date'");
  };
  EXPECT_EQ(indexed("time_value"),
            domain::to_epoch_ms(domain::parse_rfc3339("2026-11-14T00:00:00.000Z").value()));
  EXPECT_EQ(indexed("number_value IS NULL"), 1);
  EXPECT_EQ(server.text("SELECT text_value FROM ticket_fields"), "2026-11-14");

  domain::Amended amended;
  amended.changes.ticket.custom[domain::FieldId("purchase_date")] = domain::CustomValue("1969-12-31");
  EXPECT_EQ(send_later(created, amended), CaptureOutcome::stored);
  EXPECT_EQ(indexed("time_value"), -86'400'000);
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
  altered([](domain::Transaction& t) {
    t.total->currency = t.lines[0].amount.currency = t.lines[1].amount.currency = "GBP";
  });
  altered([](domain::Transaction& t) { t.at -= std::chrono::days(1); });
  altered([](domain::Transaction& t) { t.type = domain::TransactionType::return_; });
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

TEST_P(Projection, GoodsThatWereGivenBackInAnotherStoreCannotBeClaimed) {
  const auto content = purchase_content("R-1");
  book(*content.transaction);
  auto back = *content.transaction;
  back.id = "R-2";
  back.store = domain::StoreId("S002");
  back.type = domain::TransactionType::return_;
  back.original = "R-1";
  book(back);
  EXPECT_EQ(verification_of(content), "mismatch");
}

TEST_P(Projection, AReturnToAnotherStoresReceiptOfTheSameNumberIsNone) {
  const auto content = purchase_content("R-1");
  book(*content.transaction);
  auto other = *content.transaction;
  other.store = domain::StoreId("S002");
  book(other);
  auto back = other;
  back.id = "R-2";
  back.type = domain::TransactionType::return_;
  back.original = "R-1";
  book(back);
  auto strangers = back;
  strangers.store = domain::StoreId("S003");
  strangers.customer_id = domain::CustomerId("C2");
  book(strangers);
  EXPECT_EQ(verification_of(content), "verified");
}

TEST_P(Projection, APurchaseThatIsBookedLaterSettlesThePendingTicket) {
  for (const auto proof : {domain::ProofKind::looked_up, domain::ProofKind::typed}) {
    auto content = purchase_content(std::string("R-") + std::string(domain::to_text(proof)));
    content.proof.kind = proof;
    const auto ticket = send_created(content).ticket_id.str();
    EXPECT_EQ(state_of(ticket), "pending");
    EXPECT_EQ(check_what_is_due(), 0U);
    book(*content.transaction);
    EXPECT_EQ(check_what_is_due(), 1U);
    EXPECT_EQ(state_of(ticket), "verified");
    EXPECT_EQ(server.count("SELECT version FROM tickets WHERE ticket_id = ?", {ticket}), 2);
  }
}

TEST_P(Projection, AReceiptThatTheBooksDoNotHaveIsAskedForLessAndLessOften) {
  send_created(purchase_content("R-1"));
  check_what_is_due();
  const auto pause = [this] {
    return server.count("SELECT due_at AS n FROM purchase_checks") -
           server::to_epoch_ms(server.clock().now());
  };
  std::int64_t former = 0;
  for (int i = 0; i < 12; ++i) {
    const auto now = pause();
    EXPECT_GE(now, former);
    former = now;
    server.clock().advance(std::chrono::milliseconds(now));
    check_what_is_due();
  }
  EXPECT_EQ(former, std::chrono::milliseconds(std::chrono::hours(6)).count());
}

TEST_P(Projection, BooksThatWereWrongAreLookedAtAnewWhenTheyAreMended) {
  const auto content = purchase_content("R-1");
  auto wrong = *content.transaction;
  wrong.customer_id = domain::CustomerId("C2");
  book(wrong);
  const auto created = send_created(content);
  EXPECT_EQ(state_of(created.ticket_id.str()), "mismatch");
  book(wrong);
  EXPECT_EQ(check_what_is_due(), 0U) << "the same books again say nothing new";
  book(*content.transaction);
  EXPECT_EQ(check_what_is_due(), 1U);
  EXPECT_EQ(state_of(created.ticket_id.str()), "verified");
  EXPECT_EQ(history(created), (std::vector<std::string>{"created", "checked", "routed", "checked"}));
  EXPECT_EQ(server.count("SELECT COUNT(*) AS n FROM purchase_checks"), 0);
}

TEST_P(Projection, RoutingKnowsHowTheTicketCameAndWhatVerificationFound) {
  auto document = json::parse(sample_settings());
  const json when = {{"channel", {"till"}}, {"verification", {"mismatch"}}};
  auto& rules = document["routing"]["rules"];
  rules.insert(rules.begin(), json{{"id", "doubtful"}, {"when", when}, {"department", "loyalty"}});
  server.publish(document.dump());
  server.restart();
  const auto rule_of = [&](const domain::Capture& created) {
    return server.text("SELECT routing_rule FROM tickets WHERE ticket_id = ?", {created.ticket_id.str()});
  };
  auto wrong = *purchase_content("R-1").transaction;
  wrong.customer_id = domain::CustomerId("C2");
  book(wrong);
  book(*purchase_content("R-2").transaction);
  EXPECT_EQ(rule_of(send_created(purchase_content("R-1"))), "doubtful");
  EXPECT_NE(rule_of(send_created(purchase_content("R-2"))), "doubtful");
}

TEST_P(Projection, AllocationWaitsForVerificationWhereTheFlowSaysSo) {
  auto document = json::parse(sample_settings());
  document["workflows"][0]["verification"] = "before_allocation";
  server.publish(document.dump());
  server.restart();
  const auto created = send_created(purchase_content("R-1"));
  EXPECT_EQ(history(created), (std::vector<std::string>{"created", "checked"}));
  EXPECT_EQ(server.count("SELECT COUNT(*) AS n FROM tickets WHERE department IS NULL"), 1);
  EXPECT_EQ(server.count("SELECT COUNT(*) AS n FROM notifications WHERE audience = 'department'"), 0);

  book(*purchase_content("R-1").transaction);
  check_what_is_due();
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
  EXPECT_EQ(history(created),
            (std::vector<std::string>{"created", "checked", "routed", "withdrawn", "state_changed"}));
  EXPECT_EQ(last_event(),
            (json{{"from", "open"}, {"to", "closed"}, {"to_type", "closed"}, {"pauses_clock", false}}));
}

TEST_P(Projection, AHandOverThatMovesTheTicketOnSaysSo) {
  const auto created = send_created(purchase_content("R-1"));
  domain::GoodsReceived goods;
  goods.condition = domain::ReasonId("opened");
  send_later(created, goods);
  make_ready();
  EXPECT_EQ(send_later(created, domain::HandedOver{"Anna", std::nullopt}), CaptureOutcome::stored);
  EXPECT_EQ(history(created), (std::vector<std::string>{"created", "checked", "routed", "goods_received",
                                                        "handed_over", "state_changed"}));
  EXPECT_EQ(last_event(), (json{{"from", "ready"},
                                {"to", "in_progress"},
                                {"to_type", "in_progress"},
                                {"pauses_clock", false},
                                {"transition", "hand_over"}}));
  EXPECT_EQ(server.text("SELECT actor_type FROM ticket_events WHERE type = 'state_changed'"), "clerk");
  EXPECT_EQ(server.text("SELECT actor_name FROM ticket_events WHERE type = 'state_changed'"), "Mia");
  EXPECT_EQ(server.text("SELECT visibility FROM ticket_events WHERE type = 'state_changed'"), "public");
}

TEST_P(Projection, AHandOverDoesWhatTheFlowSaysAsWhenStaffDoIt) {
  auto document =
      with_hand_over({{"set_priority", "low"}, {"department", "customer_care"}, {"customer_sees", false}});
  document["notifications"]["rules"].push_back({{"id", "handed_over"},
                                                {"on", "step"},
                                                {"steps", {"hand_over"}},
                                                {"to", "department"},
                                                {"channels", {"email"}},
                                                {"template", "department_created"}});
  server.publish(document.dump());
  server.restart();
  const auto created = send_created(purchase_content("R-1"));
  make_ready();
  EXPECT_EQ(send_later(created, domain::HandedOver{"Anna", std::nullopt}), CaptureOutcome::stored);
  EXPECT_EQ(server.text("SELECT priority FROM tickets"), "low");
  EXPECT_EQ(server.text("SELECT department FROM tickets"), "customer_care");
  EXPECT_EQ(last_event()["department"], "customer_care");
  EXPECT_EQ(server.text("SELECT visibility FROM ticket_events WHERE type = 'state_changed'"), "internal");
  EXPECT_EQ(server.count("SELECT COUNT(*) AS n FROM notifications WHERE step = 'hand_over'"), 1);
}

TEST_P(Projection, WhatIsLeftToTheClockIsNotDoneByATill) {
  server.publish(
      with_hand_over({{"who", json::array()}, {"after", {{"unit", "minutes"}, {"amount", 600}}}}).dump());
  server.restart();
  const auto created = send_created(purchase_content("R-1"));
  make_ready();
  EXPECT_EQ(send_later(created, domain::HandedOver{"Anna", std::nullopt}), CaptureOutcome::stored);
  EXPECT_EQ(server.text("SELECT state FROM tickets"), "ready");
}

TEST_P(Projection, GoodsOfAWithdrawnTicketAreGivenBackAndItStaysWhereItIs) {
  const auto created = send_created(purchase_content("R-1"));
  domain::GoodsReceived goods;
  goods.condition = domain::ReasonId("opened");
  send_later(created, goods);
  send_later(created, domain::Withdrawn{"entered_by_mistake"});
  server.database().writer()->execute("UPDATE tickets SET state = 'ready', state_type = 'pending'");
  EXPECT_EQ(send_later(created, domain::HandedOver{"Anna", std::nullopt}), CaptureOutcome::stored);
  EXPECT_EQ(server.text("SELECT state FROM tickets"), "ready");
  EXPECT_EQ(history(created).back(), "handed_over");
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

TEST_P(Projection, WhatIsNotThereCannotBeHandedOver) {
  const auto created = send_created(purchase_content("R-1"));
  const auto hand_over = [&] {
    return till.send_one(transport(),
                         till.sign(till.about(created, domain::HandedOver{"Anna", std::nullopt})));
  };
  const auto refused = hand_over();
  ASSERT_EQ(refused.outcome, CaptureOutcome::rejected);
  EXPECT_EQ(refused.problem->code, "nothing_to_hand_over");
  EXPECT_EQ(history(created).back(), "routed");
  domain::GoodsReceived goods;
  goods.condition = domain::ReasonId("opened");
  send_later(created, goods);
  EXPECT_EQ(hand_over().outcome, CaptureOutcome::stored);
  EXPECT_EQ(hand_over().outcome, CaptureOutcome::rejected) << "they are gone";
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
