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
