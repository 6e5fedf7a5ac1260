#include "tests/core/wire/sample_captures.h"

namespace ccms::test {
namespace {

using namespace domain;  // NOLINT(google-build-using-namespace)

/// The code that the prefix 7KXA gives for sequence 41 under a constant function.
TicketCode sample_code() {
  return TicketCode::make("7KXA", 41, 12345, [](std::string_view) { return 0x5EED5EED5EED5EEDULL; }).value();
}

Transaction sample_transaction() {
  Transaction transaction;
  transaction.id = "R-2026-000417";
  transaction.type = TransactionType::exchange;
  transaction.original = "R-2026-000311";
  transaction.store = StoreId("S001");
  transaction.till = TillId("S001-T1");
  transaction.at = *parse_rfc3339("2026-11-14T16:05:00.000Z");
  transaction.utc_offset_minutes = 60;
  transaction.customer_id = CustomerId("H-1914");
  transaction.total = Money{12998, "EUR"};
  TransactionLine kettle;
  kettle.line = 1;
  kettle.product_id = "862349";
  kettle.description = "Wasserkocher 1,7 \u2113";
  kettle.quantity = *Quantity::parse("2");
  kettle.amount = {9998, "EUR"};
  kettle.serial = "SN-00/42";
  kettle.batch = "B7";
  kettle.affected_quantity = *Quantity::parse("1");
  TransactionLine returned;
  returned.line = 2;
  returned.product_id = "22556";
  returned.quantity = *Quantity::parse("-0.250");
  returned.amount = {-300, "EUR"};
  transaction.lines = {kettle, returned};
  return transaction;
}

TicketContent sample_content() {
  TicketContent content;
  content.kind = TicketKind::complaint;
  content.language = "de";
  content.ticket.department = DepartmentId("repairs");
  content.ticket.priority = PriorityId("high");
  content.ticket.category = CategoryId("defective");
  content.ticket.details = "Der Griff ist \"lose\".\n\tDeckel klemmt \\ tropft \U0001F4A7";
  content.ticket.outcome_sought = OutcomeSought::repair;
  content.ticket.consent_to_contact = true;
  content.ticket.confidential = true;
  content.ticket.collect_at = StoreId("S003");
  content.ticket.custom = {{FieldId("accessories"), std::vector<std::string>{"box", "cable"}},
                           {FieldId("deposit"), Money{500, "EUR"}},
                           {FieldId("purchase_date"), std::string("2026-11-14")},
                           {FieldId("volume"), 1.7},
                           {FieldId("warranty"), true},
                           {FieldId("years"), 2.0}};
  content.complainant = {ComplainantKind::organisation, "Mia \u00DCnal", "+49 151 12345678",
                         "mia@example.test", "Hotel am Markt"};
  content.customer =
      Customer{CustomerId("H-1914"),
               "J. \u00DCnal",
               {{IdentifierType::mobile, "+4915112345678"}, {IdentifierType::card, "9001-77"}}};
  content.transaction = sample_transaction();
  content.proof.kind = ProofKind::looked_up;
  return content;
}

TicketContent smallest_content() {
  TicketContent content;
  content.kind = TicketKind::suggestion;
  content.language = "en";
  content.proof = {ProofKind::none, ReasonId("lost_receipt")};
  return content;
}

Capture with_body(CaptureBody body) {
  Capture capture = sample_created();
  capture.event_id = EventId("019a9f2b-7c11-7abc-8def-0123456789ab");
  capture.seq = 42;
  capture.body = std::move(body);
  return capture;
}

Amended full_amendment() {
  Amended amended;
  TicketChanges& ticket = amended.changes.ticket;
  ticket.department.emplace(DepartmentId("quality"));
  ticket.priority.emplace(std::nullopt);
  ticket.category.emplace(CategoryId("missing_part"));
  ticket.details = "Auch der Deckel fehlt.";
  ticket.outcome_sought.emplace(OutcomeSought::refund);
  ticket.consent_to_contact = false;
  ticket.confidential = false;
  ticket.collect_at.emplace(std::nullopt);
  ticket.custom = {{FieldId("volume"), CustomValue(2.5)}, {FieldId("warranty"), std::nullopt}};
  amended.changes.complainant =
      Complainant{ComplainantKind::contact, "Mia", std::nullopt, std::nullopt, std::nullopt};
  amended.changes.customer.emplace(std::nullopt);
  amended.changes.transaction.emplace(sample_transaction());
  amended.reason = "customer came back";
  return amended;
}

Amended small_amendment() {
  Amended amended;
  amended.changes.ticket.details = "";
  return amended;
}

}  // namespace

Capture sample_created() {
  Capture capture;
  capture.event_id = EventId("019a9f2b-7c00-7abc-8def-0123456789ab");
  capture.ticket_id = TicketId("019a9f2b-7bff-7abc-8def-0123456789ab");
  capture.till = TillId("S001-T1");
  capture.store = StoreId("S001");
  capture.epoch = 3;
  capture.seq = 41;
  for (std::size_t i = 0; i < capture.salt.size(); ++i)
    capture.salt[i] = static_cast<std::uint8_t>(i * 16 + 15 - i);
  capture.wall_at = *parse_rfc3339("2026-11-21T22:39:19.123Z");
  capture.boot_id = "5f0c7c1e-7f0e-4b3c-9d0e-2f6f1a0b9c8d";
  capture.boot_ms = 86'400'001;
  capture.settings_version = 12;
  capture.training = false;
  capture.clerk = {"c17", "Mia"};
  capture.body = Created{sample_code(), FormId("019a9f2b-7aaa-7abc-8def-0123456789ab"), sample_content()};
  return capture;
}

std::vector<std::pair<std::string, Capture>> sample_captures() {
  Capture correction = sample_created();
  correction.event_id = EventId("019a9f2b-7d00-7abc-8def-0123456789ab");
  correction.seq = 43;
  correction.training = true;
  correction.corrects.emplace().fill(0xAB);
  std::get<Created>(correction.body).content = smallest_content();

  const Commented inside{"Kundin wartet am Tresen.", Visibility::internal};
  const Commented outside{"Wir melden uns.", Visibility::public_};
  const GoodsReceived goods{ReasonId("scratched"), {"box", "cable"}, "SN-00/42", "T-9", "B2"};
  return {{"created", sample_created()},
          {"created_correction", correction},
          {"amended", with_body(full_amendment())},
          {"amended_small", with_body(small_amendment())},
          {"withdrawn", with_body(Withdrawn{"customer changed her mind"})},
          {"withdrawn_small", with_body(Withdrawn{})},
          {"commented", with_body(inside)},
          {"commented_public", with_body(outside)},
          {"goods_received", with_body(goods)},
          {"goods_received_small", with_body(GoodsReceived{ReasonId("as_new"), {}, {}, {}, {}})},
          {"handed_over", with_body(HandedOver{"Mia \u00DCnal", "showed the slip"})},
          {"handed_over_small", with_body(HandedOver{})},
          {"settled", with_body(Settled{ReasonId("refunded"), "Geld zur\u00FCck am Tresen.",
                                        Remedy{RemedyKind::refund, Money{1999, "EUR"}}, Clerk{"m1", "Ada"}})},
          {"settled_small", with_body(Settled{ReasonId("informed"), "Explained.", {}, {}})}};
}

}  // namespace ccms::test
