#include "core/settings/difference.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/core/settings/sample_settings.h"

namespace ccms::settings {
namespace {

using nlohmann::json;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

/// "kind pointer: text" of each difference that a JSON Patch makes to the sample chain.
std::vector<std::string> told(const json& former, const json& next) {
  std::vector<std::string> lines;
  for (const Change& change : difference(former, next))
    lines.push_back(std::string(domain::to_text(change.kind)) + ' ' + change.pointer + ": " + change.text);
  return lines;
}

std::vector<std::string> told_after(const std::vector<json>& patch) {
  return told(testing::sample_json(), testing::sample_json().patch(patch));
}

json operation(const char* op, const char* path, const json& value) {
  return {{"op", op}, {"path", path}, {"value", value}};
}

json put(const char* path, const json& value) { return operation("add", path, value); }
json drop(const char* path) { return {{"op", "remove"}, {"path", path}}; }
json move(const char* from, const char* path) { return {{"op", "move"}, {"from", from}, {"path", path}}; }

TEST(Difference, TheSameDocumentHasNone) { EXPECT_THAT(told_after({}), IsEmpty()); }

TEST(Difference, WhatIsRetiredAndTakenUpAgainIsSaidByItsId) {
  EXPECT_THAT(told_after({put("/departments/1/retired", true)}),
              ElementsAre("retired /departments/1/retired: departments: “repairs” retired"));
  EXPECT_THAT(told_after({put("/fields/2/options/5/retired", false)}),
              ElementsAre("reinstated /fields/2/options/5/retired: field “compensation_wish”, options: "
                          "“stamps” no longer retired"));
  EXPECT_THAT(told_after({drop("/fields/10/retired")}),
              ElementsAre("reinstated /fields/10/retired: fields: “fax_number” no longer retired"));
}

TEST(Difference, WhatIsLeftOutIsItsDefault) {
  EXPECT_THAT(told_after({put("/departments/1/retired", false), put("/categories/0/confidential", false),
                          put("/organisation/stores/0/ccms_enabled", true)}),
              IsEmpty());
}

TEST(Difference, ElementsAreFoundByTheirIdWhereverTheyStand) {
  EXPECT_THAT(told_after({drop("/departments/0")}),
              ElementsAre("removed /departments/0: departments: “customer_care” removed"));
  EXPECT_THAT(told_after({put("/priorities/0", {{"id", "lowest"}, {"rank", 0}})}),
              ElementsAre("added /priorities/0: priorities: “lowest” added before “low”"));
  EXPECT_THAT(told_after({put("/priorities/-", {{"id", "now"}, {"rank", 5}})}),
              ElementsAre("added /priorities/4: priorities: “now” added"));
}

TEST(Difference, OnlyWhatWasMovedIsSaidToHaveMoved) {
  EXPECT_THAT(told_after({move("/routing/rules/9", "/routing/rules/0")}),
              ElementsAre("moved /routing/rules/0: routing rules: “store” moved, now before “staff”"));
  EXPECT_THAT(told_after({move("/routing/rules/0", "/routing/rules/10")}),
              ElementsAre("moved /routing/rules/10: routing rules: “staff” moved, now last"));
}

TEST(Difference, WhereARuleSendsTicketsIsSaidInWords) {
  EXPECT_THAT(told_after({put("/routing/rules/2/department", "store_operations")}),
              ElementsAre("changed /routing/rules/2/department: routing rule “food” now goes to "
                          "“store_operations” (before: “food_quality”)"));
  EXPECT_THAT(
      told_after({put("/routing/fallback/priority", "low")}),
      ElementsAre("changed /routing/fallback/priority: routing fallback priority “low” (before: “medium”)"));
}

TEST(Difference, ConditionsSayWhatCameAndWhatWent) {
  EXPECT_THAT(
      told_after({put("/routing/rules/6/when/category", {"delivery", "other"}),
                  put("/routing/rules/1/when/custom/felt_unwell", {"true", "false"})}),
      ElementsAre("changed /routing/rules/1/when/custom/felt_unwell: routing rule “unsafe_food”: condition "
                  "own field “felt_unwell” “false” added",
                  "changed /routing/rules/6/when/category: routing rule “delivery”: condition category "
                  "“other” added, “missing_item” removed"));
}

TEST(Difference, RangesWordsAndOutcomesAreToldAsConditions) {
  json before = testing::sample_json();
  before["routing"]["rules"][2]["when"]["words"] = {"mould"};
  before["routing"]["rules"][2]["when"]["custom_range"] = {{"amount_disputed", {{"min", 5000}}}};
  json after = before;
  after["routing"]["rules"][2]["when"]["words"] = {"glass"};
  after["routing"]["rules"][2]["when"]["verification"] = {"mismatch"};
  after["routing"]["rules"][2]["when"]["custom_range"]["amount_disputed"] = {{"min", 7500}};
  EXPECT_THAT(told(before, after),
              ElementsAre("changed /routing/rules/2/when/custom_range/amount_disputed/min: routing rule "
                          "“food”: condition range of “amount_disputed” min 7500 (before: 5000)",
                          "changed /routing/rules/2/when/verification: routing rule “food”: condition "
                          "verification “mismatch” added",
                          "changed /routing/rules/2/when/words: routing rule “food”: condition words "
                          "“glass” added, “mould” removed"));
}

TEST(Difference, TextsAreToldInEachLanguage) {
  EXPECT_THAT(
      told_after({put("/categories/0/label/de", "Kaputt")}),
      ElementsAre("changed /categories/0/label/de: category “defective”: label (de) “Kaputt” (before: "
                  "“Defektes Produkt”)"));
  EXPECT_THAT(
      told_after({put("/fields/3/help", {{"en", "In cents."}, {"de", "In Cent."}})}),
      ElementsAre(
          "changed /fields/3/help/de: field “amount_disputed”: help (de) “In Cent.” (before: not set)",
          "changed /fields/3/help/en: field “amount_disputed”: help (en) “In cents.” (before: not set)"));
  EXPECT_THAT(
      told_after({put("/labels", {{"details", {{"en", "Your story"}, {"de", "Ihre Geschichte"}}}})}),
      ElementsAre("changed /labels/details/de: labels “details” (de) “Ihre Geschichte” (before: not set)",
                  "changed /labels/details/en: labels “details” (en) “Your story” (before: not set)"));
}

TEST(Difference, TurnAroundTimesAreToldAsPeopleSayThem) {
  json without = testing::sample_json();
  without.erase("turn_around_times");
  const auto with_time = [&](const json& time) {
    json document = without;
    document["turn_around_times"] = json::array({time});
    return document;
  };
  const json five = {{"id", "standard"},
                     {"clock", "resolution"},
                     {"maximum", {{"unit", "working_days"}, {"amount", 5}}},
                     {"minimum", {{"by_priority", {{"urgent", {{"unit", "hours"}, {"amount", 2}}}}}}}};
  json three = five;
  three["maximum"]["amount"] = 3;
  three["minimum"]["by_priority"]["urgent"]["amount"] = 1;
  EXPECT_THAT(
      told(with_time(five), with_time(three)),
      ElementsAre("changed /turn_around_times/0/maximum: turn-around time “standard”: maximum 3 working days "
                  "(before: 5 working days)",
                  "changed /turn_around_times/0/minimum/by_priority/urgent: turn-around time “standard”: "
                  "minimum for priority “urgent” 1 hour (before: 2 hours)"));
  EXPECT_THAT(told(without, with_time(five)),
              ElementsAre("added /turn_around_times/0: turn-around times: “standard” added"));
}

TEST(Difference, SwitchingCcmsOffAndOnIsSaidSo) {
  EXPECT_THAT(
      told_after({put("/organisation/stores/3/tills/1/ccms_enabled", false),
                  put("/organisation/zones/2/ccms_enabled", false)}),
      ElementsAre("changed /organisation/stores/3/tills/1/ccms_enabled: store “S004”, till “S004-T2”: CCMS "
                  "switched off",
                  "changed /organisation/zones/2/ccms_enabled: zone “uk”: CCMS switched off"));
}

TEST(Difference, ListsOfPlainValuesAndOfThingsWithoutANameAreBags) {
  EXPECT_THAT(
      told_after({put("/regions/2/holidays/-", "2028-01-01"), drop("/regions/2/holidays/0"),
                  drop("/regions/1/hours/1")}),
      ElementsAre(
          "changed /regions/1/hours: region “britain”: hours days “sat”, from “09:00”, to “13:00” removed",
          "changed /regions/2/holidays: region “us_east”: holidays “2028-01-01” added, “2026-09-07” "
          "removed"));
  EXPECT_THAT(told_after({put("/languages", {"de", "en"})}),
              ElementsAre("changed /languages: languages in another order: “de”, “en”"));
}

TEST(Difference, SingleValuesSayWhatTheyWere) {
  EXPECT_THAT(
      told_after({put("/name", "Südmarkt"), put("/till/retention_days", 14),
                  put("/builtin_fields/name/required", true)}),
      ElementsAre("changed /builtin_fields/name/required: built-in fields name required yes (before: no)",
                  "changed /name: name “Südmarkt” (before: “Nordmarkt”)",
                  "changed /till/retention_days: till retention days 14 (before: 7)"));
}

TEST(Difference, DocumentsThatAreNoSettingsAreComparedAllTheSame) {
  EXPECT_THAT(told(json::object(), {{"departments", 5}}),
              ElementsAre("changed /departments: departments 5 (before: not set)"));
  EXPECT_THAT(told({{"a/b", {1}}}, {{"a/b", {{"c", 1}}}}), ElementsAre("changed /a~1b: a/b c 1 (before: 1)"));
  const json twice = {{"departments", {{{"id", "x"}}, {{"id", "x"}}}}};
  EXPECT_THAT(told(twice, {{"departments", {{{"id", "x"}}}}}),
              ElementsAre("changed /departments: departments in another order: id “x”"));
  EXPECT_THAT(told(testing::sample_json(), json::array()).size(), 1U);
}

TEST(Difference, LongTextsAndListsAreCut) {
  json many = json::array();
  for (int i = 0; i < 100; ++i) many.push_back(i);
  EXPECT_THAT(told({{"list", json::array()}}, {{"list", many}}),
              ElementsAre("changed /list: list 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11 and 88 more added"));
  EXPECT_LT(told({{"name", "a"}}, {{"name", std::string(5000, 'x')}}).front().size(), 200U);
}

}  // namespace
}  // namespace ccms::settings
