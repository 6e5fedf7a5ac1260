#include "core/workflow/routing.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/core/settings/sample_settings.h"

namespace ccms::workflow {
namespace {

using domain::TicketFacts;
using settings::testing::sample;
using settings::testing::sample_with;
using ::testing::ElementsAre;

TicketFacts facts(const char* category, const char* store = "S001") {
  TicketFacts out;
  out.kind = domain::TicketKind::complaint;
  out.store = domain::StoreId(store);
  out.category = domain::CategoryId(category);
  return out;
}

TEST(Routing, TheFirstRuleThatMatchesWins) {
  TicketFacts ill = facts("spoiled_food");
  EXPECT_EQ(route(sample(), ill).rule, "food");
  EXPECT_EQ(route(sample(), ill).priority, "medium") << "the rule says nothing, the fallback does";
  ill.custom[domain::FieldId("felt_unwell")] = true;
  const Route urgent = route(sample(), ill);
  EXPECT_EQ(urgent.rule, "unsafe_food");
  EXPECT_EQ(urgent.department, "food_quality");
  EXPECT_EQ(urgent.priority, "urgent");
  EXPECT_THAT(urgent.explanation, ElementsAre("rule_matched"));
}

TEST(Routing, EveryConditionMustHold) {
  TicketFacts dear = facts("defective", "S003");
  dear.amount = domain::Money{50'000, "EUR"};
  EXPECT_EQ(route(sample(), dear).rule, "dear_defect");
  dear.amount->amount = 49'999;
  EXPECT_EQ(route(sample(), dear).rule, "defect") << "too cheap";
  dear.amount.reset();
  EXPECT_EQ(route(sample(), dear).rule, "defect") << "nothing known of the amount";
  dear = facts("defective", "S001");
  dear.amount = domain::Money{90'000, "EUR"};
  EXPECT_EQ(route(sample(), dear).rule, "defect") << "another concept";
}

TEST(Routing, LooksAtRegionKindAndRequest) {
  TicketFacts service = facts("other", "S008");
  service.kind = domain::TicketKind::service;
  service.requested_department = domain::DepartmentId("repairs");
  EXPECT_EQ(route(sample(), service).rule, "british_service");
  service.store = domain::StoreId("S001");
  EXPECT_EQ(route(sample(), service).rule, "");
}

TEST(Routing, FallsBack) {
  const Route fallback = route(sample(), facts("other"));
  EXPECT_EQ(fallback, (Route{"customer_care", "medium", "", {"fallback_used"}}));
  EXPECT_EQ(route(sample(), facts("other", "S099")).department, "customer_care") << "an unknown store too";
}

TEST(Routing, AProposalGivesWayToARuleAndIsExplained) {
  TicketFacts proposed = facts("wrong_price");
  proposed.requested_department = domain::DepartmentId("loyalty");
  const Route changed = route(sample(), proposed);
  EXPECT_EQ(changed.department, "pricing");
  EXPECT_THAT(changed.explanation, ElementsAre("rule_matched", "requested_department_changed"));
  EXPECT_EQ(explain(sample(), proposed, changed, "en"),
            "Routed by rule “price”. The clerk had proposed Loyalty programme.");
  EXPECT_EQ(explain(sample(), proposed, changed, "de"),
            "Zugeordnet durch Regel „price“. Die Kasse hatte Kundenkarte vorgeschlagen.");
  proposed.requested_department = domain::DepartmentId("pricing");
  EXPECT_THAT(route(sample(), proposed).explanation,
              ElementsAre("rule_matched", "requested_department_agreed"));
}

TEST(Routing, AProposalIsWorthMoreThanTheFallback) {
  TicketFacts proposed = facts("other");
  proposed.requested_department = domain::DepartmentId("loyalty");
  proposed.priority = domain::PriorityId("high");
  const Route agreed = route(sample(), proposed);
  EXPECT_EQ(agreed.department, "loyalty");
  EXPECT_EQ(agreed.priority, "high");
  EXPECT_THAT(agreed.explanation,
              ElementsAre("fallback_used", "requested_department_agreed", "requested_priority_agreed"));
}

TEST(Routing, ABindingRequestDecides) {
  const settings::Settings binding = sample_with(nlohmann::json::parse(R"([
      {"op":"replace","path":"/builtin_fields/department/use","value":"binding"},
      {"op":"replace","path":"/builtin_fields/priority/use","value":"binding"}])"));
  TicketFacts requested = facts("staff_behaviour");
  requested.requested_department = domain::DepartmentId("loyalty");
  requested.priority = domain::PriorityId("low");
  const Route bound = route(binding, requested);
  EXPECT_EQ(bound.department, "loyalty");
  EXPECT_EQ(bound.priority, "low");
  EXPECT_THAT(bound.explanation,
              ElementsAre("rule_matched", "requested_department_binding", "requested_priority_binding"));
}

TEST(Routing, ARequestThatIsNotOfferedIsIgnored) {
  TicketFacts unknown = facts("wrong_price");
  unknown.requested_department = domain::DepartmentId("nobody");
  const Route ignored = route(sample(), unknown);
  EXPECT_EQ(ignored.department, "pricing");
  EXPECT_THAT(ignored.explanation, ElementsAre("rule_matched", "requested_department_ignored"));
}

}  // namespace
}  // namespace ccms::workflow
