#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/settings/form.h"
#include "tests/core/settings/sample_settings.h"

namespace ccms::settings {
namespace {

using nlohmann::json;
using testing::sample;

json filters(Screen screen, const char* language = "en") {
  std::vector<Choice> states;
  for (const State& state : sample().states) states.push_back({state.id, state.label, false});
  return filters_schema(sample().form, states, screen, language);
}

TEST(Filters, AreThoseOfTheScreen) {
  const json till = filters(Screen::till)["schema"];
  std::vector<std::string> names;
  for (const auto& [name, schema] : till["properties"].items()) names.push_back(name);
  EXPECT_THAT(names, ::testing::UnorderedElementsAre("code", "customer_number", "status", "priority",
                                                     "department", "created_from", "created_to", "custom"));
  EXPECT_TRUE(till["properties"]["custom"]["properties"].contains("serial_number"));
  const json console = filters(Screen::console)["schema"];
  EXPECT_EQ(console["properties"]["store"]["items"]["oneOf"].size(), 13U);
  EXPECT_EQ(console["properties"]["verification"]["items"]["oneOf"].size(), 5U);
  EXPECT_EQ(console["properties"]["kind"]["items"]["oneOf"].size(), 4U);
}

TEST(Filters, OfferRetiredChoicesBecauseOldTicketsHaveThem) {
  const json wish =
      filters(Screen::console)["schema"]["properties"]["custom"]["properties"]["compensation_wish"];
  EXPECT_EQ(wish["oneOf"].size(), 6U);
}

TEST(Filters, FindAmountsByMinorUnits) {
  const Settings settings = testing::sample_with(
      json::parse(R"([{"op":"add","path":"/search_filters/till/-","value":"amount_disputed"}])"));
  const json till = filters_schema(settings.form, {}, Screen::till, "en");
  EXPECT_EQ(till["schema"]["properties"]["custom"]["properties"]["amount_disputed"],
            json({{"type", "integer"}, {"title", "Amount disputed"}}));
}

TEST(Filters, AreTitledAndOrdered) {
  const json till = filters(Screen::till, "de");
  EXPECT_EQ(till["schema"]["properties"]["status"]["items"]["oneOf"][0]["title"], "Offen");
  EXPECT_EQ(till["schema"]["properties"]["customer_number"]["title"], "Kundennummer");
  EXPECT_EQ(till["ui_schema"]["ui:order"], json({"code", "customer_number", "status", "priority",
                                                 "department", "created_from", "created_to", "*"}));
  EXPECT_EQ(till["ui_schema"]["status"]["ui:widget"], "checkboxes");
}

}  // namespace
}  // namespace ccms::settings
