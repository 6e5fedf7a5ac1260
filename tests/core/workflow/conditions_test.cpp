#include "core/workflow/conditions.h"

#include <gtest/gtest.h>

namespace ccms::workflow {
namespace {

const settings::StorePlace kPlace{"S001", "market", "hamburg", "north", "germany", "own"};

domain::TicketFacts asked() {
  domain::TicketFacts facts;
  facts.kind = domain::TicketKind::complaint;
  facts.store = domain::StoreId("S001");
  facts.language = "de";
  facts.category = domain::CategoryId("defective");
  facts.priority = domain::PriorityId("low");
  facts.requested_department = domain::DepartmentId("repairs");
  return facts;
}

TEST(Conditions, HoldForEveryTicketWhenNoneIsGiven) {
  EXPECT_TRUE(holds({}, asked(), kPlace));
  EXPECT_TRUE(holds({}, TatFacts{}, {}));
}

TEST(Conditions, LookAtEveryLevelOfTheOrganisation) {
  using List = std::vector<std::string> settings::TicketConditions::*;
  const std::pair<List, const char*> levels[] = {
      {&settings::TicketConditions::store, "S001"},     {&settings::TicketConditions::concept_id, "market"},
      {&settings::TicketConditions::area, "hamburg"},   {&settings::TicketConditions::zone, "north"},
      {&settings::TicketConditions::region, "germany"}, {&settings::TicketConditions::legal_entity, "own"}};
  for (const auto& [level, id] : levels) {
    settings::TicketConditions when;
    when.*level = {"elsewhere", id};
    EXPECT_TRUE(holds(when, asked(), kPlace)) << id;
    when.*level = {"elsewhere"};
    EXPECT_FALSE(holds(when, asked(), kPlace)) << id;
    EXPECT_TRUE(holds(settings::anywhere(when), asked(), kPlace)) << id;
  }
}

TEST(Conditions, OfRoutingLookAtWhatWasAskedFor) {
  settings::TicketConditions when;
  when.priority = {"low"};
  when.requested_department = {"repairs"};
  when.language = {"de"};
  EXPECT_TRUE(holds(when, asked(), kPlace));
  when.language = {"en"};
  EXPECT_FALSE(holds(when, asked(), kPlace));
}

TEST(Conditions, OfRoutingLookForWordsInTheDetails) {
  settings::TicketConditions when;
  when.words = {"glass", "foreign body"};
  domain::TicketFacts facts = asked();
  facts.details = "I found a FOREIGN  body in the bread.";
  EXPECT_TRUE(holds(when, facts, kPlace));
  facts.details = "My glasses are too weak.";
  EXPECT_FALSE(holds(when, facts, kPlace)) << "whole words alone";
  facts.details.clear();
  EXPECT_FALSE(holds(when, facts, kPlace));
}

TEST(Conditions, OfRoutingDoNotHoldForWhatIsNotKnown) {
  settings::TicketConditions checked;
  checked.verification = {domain::Verification::mismatch, domain::Verification::unverified};
  settings::TicketConditions by_mail;
  by_mail.channel = {domain::Channel::email};
  domain::TicketFacts facts = asked();
  EXPECT_FALSE(holds(checked, facts, kPlace));
  EXPECT_FALSE(holds(by_mail, facts, kPlace));
  facts.verification = domain::Verification::mismatch;
  facts.channel = domain::Channel::email;
  EXPECT_TRUE(holds(checked, facts, kPlace));
  EXPECT_TRUE(holds(by_mail, facts, kPlace));
  facts.verification = domain::Verification::verified;
  facts.channel = domain::Channel::till;
  EXPECT_FALSE(holds(checked, facts, kPlace));
  EXPECT_FALSE(holds(by_mail, facts, kPlace));
}

TEST(Conditions, OfRoutingKnowRangesOfNumbersMoneyAndDates) {
  struct Case {
    settings::CustomRange range;
    domain::CustomValue value;
    bool holds;
  };
  const Case cases[] = {
      {{3.0, 5.0}, 3.0, true},
      {{3.0, 5.0}, 5.0, true},
      {{3.0, 5.0}, 5.5, false},
      {{3.0, 5.0}, 2.9, false},
      {{3.0, std::nullopt}, 1e15, true},
      {{std::nullopt, 5.0}, -1.0, true},
      {{10'000.0, std::nullopt}, domain::Money{10'000, "EUR"}, true},
      {{10'000.0, std::nullopt}, domain::Money{9'999, "EUR"}, false},
      {{"2026-01-01", "2026-12-31"}, "2026-12-31", true},
      {{"2026-01-01", "2026-12-31"}, "2027-01-01", false},
      {{3.0, 5.0}, "4", false},   // the field was of another type when the ticket was made
      {{3.0, 5.0}, true, false},  // nor has this an order
  };
  domain::TicketFacts facts = asked();
  settings::TicketConditions when;
  for (const Case& one : cases) {
    when.custom_range["size"] = one.range;
    facts.custom[domain::FieldId("size")] = one.value;
    EXPECT_EQ(holds(when, facts, kPlace), one.holds) << &one - cases;
  }
  facts.custom.clear();
  EXPECT_FALSE(holds(when, facts, kPlace)) << "without a value";
}

TEST(Conditions, LaterLookAtWhatTheTicketHasBecome) {
  TatFacts facts;
  facts.ticket = asked();
  facts.priority = "urgent";
  facts.department = "food_quality";
  settings::TicketConditions when;
  when.priority = {"low"};
  EXPECT_FALSE(holds(when, facts, kPlace)) << "asked for, but not what it got";
  when.priority = {"urgent"};
  when.department = {"food_quality"};
  EXPECT_TRUE(holds(when, facts, kPlace));
}

}  // namespace
}  // namespace ccms::workflow
