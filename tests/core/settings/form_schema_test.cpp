#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/settings/form.h"
#include "core/settings/form_labels.h"
#include "tests/core/settings/sample_settings.h"

namespace ccms::settings {
namespace {

using nlohmann::json;
using testing::sample;
using testing::sample_with;

json form(const Settings& settings, std::string_view language = "en", Screen screen = Screen::till) {
  return form_schema(settings.form, screen, language);
}

/// The part of the schema that a condition adds for this custom field.
json conditional(const json& schema, const std::string& field) {
  const json::json_pointer path("/then/properties/ticket/properties/custom/properties/" + field);
  for (const json& condition : schema["allOf"]) {
    if (condition.contains(path)) return condition.at(path);
  }
  return nullptr;
}

TEST(FormSchema, HasTheSectionsOfARequest) {
  const json schema = form(sample())["schema"];
  EXPECT_EQ(schema["required"], json({"kind", "ticket", "complainant", "proof"}));
  EXPECT_EQ(schema["properties"]["ticket"]["required"], json({"details", "category"}));
  EXPECT_EQ(schema["properties"]["kind"]["default"], "complaint");
  EXPECT_EQ(form_schema(sample().form, Screen::till, "en", domain::TicketKind::service)
                .at(json::json_pointer("/schema/properties/kind/default")),
            "service");
}

TEST(FormSchema, SpeaksTheLanguageAskedFor) {
  const auto title = [](const Settings& settings, const char* language) {
    return form(settings, language)
        .at(json::json_pointer("/schema/properties/ticket/properties/details/title"));
  };
  EXPECT_EQ(title(sample(), "en"), "What happened?");
  EXPECT_EQ(title(sample(), "de"), "Was ist passiert?");
  EXPECT_EQ(title(sample(), "fr"), "What happened?") << "the chain's own language answers";
  const Settings relabelled = sample_with(json::parse(R"([
      {"op":"add","path":"/labels","value":{"details":{"en":"Your story","de":"Ihre Geschichte"}}}])"));
  EXPECT_EQ(title(relabelled, "de"), "Ihre Geschichte");
  EXPECT_EQ(conditional(form(sample(), "de")["schema"], "serial_number")["title"], "Seriennummer");
}

TEST(FormSchema, OffersChoicesWithTitlesAndWithoutTheRetired) {
  const json schema = form(sample())["schema"];
  const json wish =
      schema.at(json::json_pointer("/properties/ticket/properties/custom/properties/compensation_wish"));
  EXPECT_EQ(wish["oneOf"].size(), 5U);
  EXPECT_EQ(wish["oneOf"][1], json({{"const", "voucher"}, {"title", "Voucher"}}));
  EXPECT_EQ(schema.at(json::json_pointer("/properties/ticket/properties/department/oneOf")).size(), 8U);
}

TEST(FormSchema, DescribesEachTypeOfField) {
  const json schema = form(sample())["schema"];
  EXPECT_EQ(conditional(schema, "serial_number"),
            json({{"type", "string"}, {"maxLength", 40}, {"title", "Serial number"}}));
  const json money = conditional(schema, "amount_disputed");
  EXPECT_EQ(money["properties"]["amount"],
            json({{"type", "integer"}, {"minimum", 1}, {"maximum", 10000000}}));
  EXPECT_EQ(money["properties"]["currency"]["enum"], json::array({"EUR"}));
  EXPECT_EQ(conditional(schema, "missing_count")["type"], "number");
  EXPECT_EQ(conditional(schema, "felt_unwell")["type"], "boolean");
  const json custom = schema.at(json::json_pointer("/properties/ticket/properties/custom/properties"));
  EXPECT_EQ(custom["purchase_date"]["format"], "date");
  EXPECT_EQ(custom["contact_times"]["type"], "array");
  EXPECT_EQ(custom["contact_times"]["uniqueItems"], true);
}

TEST(FormSchema, HintsHowToShowEachType) {
  const json ui = form(sample())["ui_schema"];
  const json& custom = ui["ticket"]["custom"];
  EXPECT_EQ(custom["allergy"]["ui:widget"], "textarea");
  EXPECT_EQ(custom["contact_times"]["ui:widget"], "checkboxes");
  EXPECT_EQ(custom["felt_unwell"]["ui:widget"], "radio");
  EXPECT_EQ(custom["amount_disputed"]["ui:field"], "money");
  EXPECT_EQ(custom["serial_number"]["ui:help"], "On the type plate or the box.");
  EXPECT_EQ(ui["ticket"]["priority"]["ui:widget"], "radio");
  EXPECT_EQ(ui["ticket"]["details"]["ui:widget"], "textarea");
}

TEST(FormSchema, KeepsTheOrderOfTheSettings) {
  const json order = form(sample())["ui_schema"]["ticket"]["custom"]["ui:order"];
  EXPECT_EQ(order[0], "serial_number");
  EXPECT_EQ(order.back(), "*");
  EXPECT_EQ(order.size(), 10U) << "nine fields at the till";
}

TEST(FormSchema, KnowsItsScreen) {
  const auto names = [](Screen screen) {
    return form(sample(), "en", screen)
        .at(json::json_pointer("/schema/properties/ticket/properties/custom/propertyNames/enum"));
  };
  EXPECT_THAT(names(Screen::console), ::testing::Contains("supplier_reference"));
  EXPECT_THAT(names(Screen::till), ::testing::Not(::testing::Contains("supplier_reference")));
  EXPECT_THAT(names(Screen::console), ::testing::Not(::testing::Contains("fax_number")));
}

TEST(FormSchema, LeavesOutWhatIsHidden) {
  const Settings settings = sample_with(json::parse(R"([
      {"op":"replace","path":"/builtin_fields/department/use","value":"hidden"},
      {"op":"replace","path":"/builtin_fields/priority/use","value":"hidden"},
      {"op":"replace","path":"/builtin_fields/outcome_sought/shown","value":false},
      {"op":"remove","path":"/routing/rules/10"}])"));
  const json result = form(settings);
  const json& ticket = result["schema"]["properties"]["ticket"];
  for (const char* name : {"department", "priority", "outcome_sought"}) {
    EXPECT_FALSE(ticket["properties"].contains(name)) << name;
    EXPECT_FALSE(result["ui_schema"]["ticket"].contains(name)) << name;
  }
}

TEST(FormSchema, WithoutFieldsTakesNone) {
  json document = testing::sample_json();
  document["fields"] = json::array();
  document["search_filters"] = {{"till", {"code"}}, {"console", {"code"}}};
  document["routing"]["rules"] = json::array();
  const Loaded<Settings> loaded = load_settings(document.dump());
  ASSERT_TRUE(loaded.ok());
  const json custom =
      form(*loaded.value).at(json::json_pointer("/schema/properties/ticket/properties/custom"));
  EXPECT_EQ(custom["maxProperties"], 0);
}

TEST(FormLabels, AnUnknownKeyIsAProgrammingError) {
  EXPECT_THROW(form_label(sample().form, "shoe_size", "en"), std::logic_error);
}

}  // namespace
}  // namespace ccms::settings
