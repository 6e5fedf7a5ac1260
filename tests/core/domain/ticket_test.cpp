#include "core/domain/ticket.h"

#include <gtest/gtest.h>

#include "core/domain/event.h"

namespace ccms::domain {
namespace {

TicketContent content() {
  TicketContent content;
  content.language = "en";
  content.ticket.department = DepartmentId("repairs");
  content.ticket.details = "Broken handle";
  content.ticket.custom = {{FieldId("serial"), std::string("A1")}, {FieldId("warranty"), true}};
  content.complainant.name = "Mia";
  content.customer = Customer{CustomerId("c1"), "Mia", {}};
  return content;
}

TEST(ApplyChanges, WhatIsAbsentStays) {
  TicketContent changed = content();
  apply(ContentChanges{}, changed);
  EXPECT_EQ(changed, content());
  EXPECT_TRUE(ContentChanges{}.empty());
}

TEST(ApplyChanges, WhatIsPresentReplacesAndNothingInsideRemoves) {
  ContentChanges changes;
  changes.ticket.details = "Two broken handles";
  changes.ticket.department.emplace(std::nullopt);
  changes.ticket.priority.emplace(PriorityId("high"));
  changes.ticket.custom[FieldId("serial")] = std::nullopt;
  changes.ticket.custom[FieldId("colour")] = std::string("red");
  changes.customer.emplace(std::nullopt);
  EXPECT_FALSE(changes.empty());

  TicketContent changed = content();
  apply(changes, changed);
  EXPECT_EQ(changed.ticket.details, "Two broken handles");
  EXPECT_FALSE(changed.ticket.department);
  EXPECT_EQ(changed.ticket.priority, PriorityId("high"));
  EXPECT_EQ(changed.ticket.custom,
            (CustomValues{{FieldId("colour"), std::string("red")}, {FieldId("warranty"), true}}));
  EXPECT_FALSE(changed.customer);
  EXPECT_EQ(changed.complainant, content().complainant);
}

TEST(Facts, AreWhatRoutingLooksAt) {
  TicketContent source = content();
  source.transaction = Transaction{};
  source.transaction->total = Money{4999, "EUR"};
  const TicketFacts facts = facts_of(source, StoreId("S001"));
  EXPECT_EQ(facts.store, StoreId("S001"));
  EXPECT_EQ(facts.requested_department, DepartmentId("repairs"));
  EXPECT_EQ(facts.amount, (Money{4999, "EUR"}));
  EXPECT_EQ(facts.custom, source.ticket.custom);
}

TEST(Redaction, ReachesEverythingPeopleTypeAndNothingElse) {
  const std::string typed = "my card 4242 4242 4242 4242";
  const std::string masked = "my card [card ****4242]";
  TicketContent source = content();
  source.ticket.details = typed;
  source.ticket.custom = {
      {FieldId("a"), typed}, {FieldId("b"), std::vector<std::string>{typed}}, {FieldId("c"), 4.0}};
  source.complainant.name = typed;
  source.customer->name = typed;
  source.customer->identifiers = {{IdentifierType::card, "4242424242424242"}};
  redact_card_numbers(source);
  EXPECT_EQ(source.ticket.details, masked);
  EXPECT_EQ(source.ticket.custom.at(FieldId("a")), CustomValue(masked));
  EXPECT_EQ(source.ticket.custom.at(FieldId("b")), CustomValue(std::vector<std::string>{masked}));
  EXPECT_EQ(source.complainant.name, masked);
  EXPECT_EQ(source.customer->name, masked);
  EXPECT_EQ(source.customer->identifiers[0].value, "4242424242424242");

  ContentChanges changes;
  changes.ticket.details = typed;
  changes.ticket.custom[FieldId("a")] = CustomValue(typed);
  changes.ticket.custom[FieldId("b")] = std::nullopt;
  redact_card_numbers(changes);
  EXPECT_EQ(changes.ticket.details, masked);
  EXPECT_EQ(changes.ticket.custom[FieldId("a")], CustomValue(masked));
}

TEST(EnumText, EveryValueHasAWordThatIsReadBack) {
  for (const auto& [value, name] : kEnumNames<StateType>) {
    EXPECT_EQ(to_text(value), name);
    EXPECT_EQ(from_text<StateType>(name), value);
  }
  EXPECT_EQ(to_text(TransactionType::return_), "return");
  EXPECT_FALSE(from_text<TicketKind>("Complaint"));
  EXPECT_FALSE(from_text<TicketKind>(""));
  EXPECT_THROW((void)to_text(static_cast<TicketKind>(99)), std::logic_error);
}

TEST(Capture, ItsTypeFollowsFromItsBody) {
  Capture capture;
  const std::vector<CaptureBody> bodies = {Created{},       Amended{},    Withdrawn{}, Commented{},
                                           GoodsReceived{}, HandedOver{}, Settled{}};
  ASSERT_EQ(bodies.size(), std::size(kEnumNames<CaptureType>));
  for (std::size_t i = 0; i < bodies.size(); ++i) {
    capture.body = bodies[i];
    EXPECT_EQ(capture.type(), kEnumNames<CaptureType>[i].value);
  }
}

}  // namespace
}  // namespace ccms::domain
