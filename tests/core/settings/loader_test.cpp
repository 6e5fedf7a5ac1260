#include "core/settings/loader.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "tests/core/settings/sample_settings.h"

namespace ccms::settings {
namespace {

using nlohmann::json;
using testing::sample;

TEST(Loader, LoadsTheSampleChain) {
  const Loaded<Settings> loaded = load_settings(testing::sample_text(), testing::sample_options());
  for (const Problem& problem : loaded.problems) ADD_FAILURE() << to_string(problem);
  ASSERT_TRUE(loaded.ok());
  EXPECT_FALSE(loaded.more_problems);
  EXPECT_EQ(loaded.value->name, "Nordmarkt");
}

TEST(Loader, TheSampleChainIsLargeEnoughToShowEverything) {
  EXPECT_GE(sample().organisation.stores.size(), 12U);
  EXPECT_GE(sample().regions.size(), 3U);
  EXPECT_GE(sample().organisation.concepts.size(), 2U);
  EXPECT_EQ(sample().form.departments.size(), 8U);
  EXPECT_THAT(sample().form.languages, ::testing::ElementsAre("en", "de"));
  std::set<FieldType> types;
  for (const Field& field : sample().form.fields) types.insert(field.type);
  EXPECT_EQ(types.size(), 8U) << "each type of field is used";
  for (const Store& store : sample().organisation.stores) EXPECT_GE(store.tills.size(), 2U) << store.id;
  const auto franchise = [](const LegalEntity& entity) { return entity.franchise; };
  EXPECT_TRUE(std::any_of(sample().organisation.legal_entities.begin(),
                          sample().organisation.legal_entities.end(), franchise));
}

TEST(Loader, ReadsWhatTheDocumentSays) {
  const Field* field = sample().form.find_field("allergy");
  ASSERT_NE(field, nullptr);
  EXPECT_EQ(field->type, FieldType::long_text);
  EXPECT_EQ(field->label.in("de"), "Allergie oder Beschwerden");
  EXPECT_EQ(field->length_limit(), 1000U);
  ASSERT_TRUE(field->visible_when);
  EXPECT_EQ(field->visible_when->field, "felt_unwell");
  const Region* region = sample().find_region_of_store("S011");
  ASSERT_NE(region, nullptr);
  EXPECT_EQ(region->time_zone, "America/New_York");
  ASSERT_EQ(region->hours.size(), 1U);
  EXPECT_EQ(region->hours[0].days, 0b0111111U);
  EXPECT_EQ(region->hours[0].from_minute, 9 * 60);
  EXPECT_EQ(sample().department_contacts.at("repairs").email, "repairs@nordmarkt.example");
  EXPECT_EQ(sample().find_store_of_till("S003-T2")->id, "S003");
  EXPECT_EQ(sample().find_store_of_till("S099-T1"), nullptr);
  EXPECT_EQ(sample().find_store("S099"), nullptr);
}

/// A property is described where it is used, or by the definition that it refers to.
bool is_described(const json& schema, const json& property) {
  if (property.contains("description")) return true;
  if (!property.contains("$ref")) return false;
  const auto definition = property["$ref"].get<std::string>().substr(1);
  return is_described(schema, schema.at(json::json_pointer(definition)));
}

void expect_descriptions(const json& schema, const json& node, const std::string& path) {
  if (!node.is_structured()) return;
  for (const auto& [name, value] : node.items()) {
    if (name == "properties") {
      for (const auto& [property, said] : value.items())
        EXPECT_TRUE(is_described(schema, said)) << path << "/" << property;
    }
    expect_descriptions(schema, value, path + "/" + name);
  }
}

TEST(Loader, TheSchemaDescribesEverySetting) {
  const json schema = json::parse(settings_schema());
  expect_descriptions(schema, schema, "");
}

TEST(Loader, ReportsEveryMistakeOfAStageAtOnce) {
  json document = testing::sample_json();
  document["routing"]["fallback"]["department"] = "nobody";
  document["workflows"][0]["initial"] = "nowhere";
  document["organisation"]["stores"][0]["area"] = "atlantis";
  document["notifications"]["rules"][0]["template"] = "letter";
  const Loaded<Settings> loaded = load_settings(document.dump(), testing::sample_options());
  std::set<std::string> fields;
  for (const Problem& problem : loaded.problems) fields.insert(problem.error.field);
  EXPECT_THAT(fields,
              ::testing::IsSupersetOf({"/routing/fallback/department", "/workflows/0/initial",
                                       "/organisation/stores/0/area", "/notifications/rules/0/template"}));
}

TEST(Loader, DescribesAProblemForPeople) {
  json document = testing::sample_json();
  document["routing"]["fallback"]["department"] = "nobody";
  const Loaded<Settings> loaded = load_settings(document.dump());
  ASSERT_EQ(loaded.problems.size(), 1U);
  EXPECT_EQ(to_string(loaded.problems[0]),
            "/routing/fallback/department: \"nobody\": there is no such department (unknown_reference)");
}

struct EnabledCase {
  const char* path;
  bool store;
  bool till;
};

class EnabledAt : public ::testing::TestWithParam<EnabledCase> {};

TEST_P(EnabledAt, CountsEveryAncestor) {
  const Settings settings = testing::sample_with(
      {{{"op", "add"}, {"path", std::string(GetParam().path) + "/ccms_enabled"}, {"value", false}}});
  EXPECT_EQ(settings.store_enabled("S001"), GetParam().store);
  EXPECT_EQ(settings.till_enabled("S001-T1"), GetParam().till);
  EXPECT_TRUE(settings.till_enabled("S008-T1")) << "another branch of the tree";
}

INSTANTIATE_TEST_SUITE_P(Levels, EnabledAt,
                         ::testing::Values(EnabledCase{"/organisation/legal_entities/0", false, false},
                                           EnabledCase{"/organisation/zones/0", false, false},
                                           EnabledCase{"/organisation/areas/0", false, false},
                                           EnabledCase{"/organisation/stores/0", false, false},
                                           EnabledCase{"/organisation/stores/0/tills/0", true, false}));

TEST(Enabled, ConceptSwitchesItsStoresOff) {
  const Settings settings = testing::sample_with(
      {{{"op", "add"}, {"path", "/organisation/concepts/1/ccms_enabled"}, {"value", false}}});
  EXPECT_TRUE(settings.store_enabled("S001"));
  EXPECT_FALSE(settings.store_enabled("S003"));
  EXPECT_FALSE(settings.store_enabled("S099"));
  EXPECT_FALSE(settings.till_enabled("S099-T1"));
}

}  // namespace
}  // namespace ccms::settings
