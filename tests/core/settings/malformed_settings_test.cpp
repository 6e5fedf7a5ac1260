#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/settings/bundle.h"
#include "tests/core/settings/sample_settings.h"

namespace ccms::settings {
namespace {

using nlohmann::json;
namespace fs = std::filesystem;

fs::path golden(const std::string& name) { return fs::path(CCMS_GOLDEN) / "settings" / "malformed" / name; }

json golden_json(const std::string& name) { return json::parse(testing::read_file(golden(name))); }

template <class T>
void expect_among(const Loaded<T>& loaded, const json& expected) {
  ASSERT_FALSE(loaded.ok());
  std::string all;
  for (const Problem& problem : loaded.problems) all += to_string(problem) + "\n";
  for (const json& wanted : expected) {
    const auto reported = [&](const Problem& problem) {
      return problem.error.field == wanted["path"] && problem.error.code == wanted["code"] &&
             !problem.error.message.empty();
    };
    EXPECT_TRUE(std::any_of(loaded.problems.begin(), loaded.problems.end(), reported))
        << wanted << " is not among\n"
        << all;
  }
}

void expect_problems(const std::string& document, const json& expected) {
  expect_among(load_settings(document, testing::sample_options()), expected);
}

class Mutation : public ::testing::TestWithParam<json> {};

TEST_P(Mutation, IsRefusedWithPathAndCode) {
  expect_problems(testing::sample_json().patch(GetParam()["patch"]).dump(), GetParam()["expect"]);
}

TEST_P(Mutation, NamesTheOffendingValue) {
  const json document = testing::sample_json().patch(GetParam()["patch"]);
  const Loaded<Settings> loaded = load_settings(document.dump(), testing::sample_options());
  for (const Problem& problem : loaded.problems) {
    const bool present = document.contains(json::json_pointer(problem.error.field));
    const bool unnamed = problem.error.code == "control_character";  // found before there is a document
    EXPECT_EQ(problem.value.empty(), !present || unnamed) << to_string(problem);
  }
}

std::string said_of(const char* path, const json& value) {
  const json patch = json::array({{{"op", "add"}, {"path", path}, {"value", value}}});
  std::string said;
  for (const Problem& problem : load_settings(testing::sample_json().patch(patch).dump()).problems)
    said += problem.error.field + ": " + problem.error.message + "\n";
  return said;
}

TEST(Malformed, SaysWhatIsWantedInsteadOfAWrongValue) {
  const char* const days = "/regions/0/hours/0/days/0";
  EXPECT_EQ(said_of(days, "monday"),
            std::string(days) + ": must be one of mon, tue, wed, thu, fri, sat, sun\n");
  EXPECT_EQ(said_of("/currency", "EURO"), "/currency: must look like EUR\n");
  EXPECT_EQ(said_of("/format", 2), "/format: must be 1\n");
  EXPECT_EQ(said_of("/priorities/0/rank", "high"), "/priorities/0/rank: must be a whole number\n");
  EXPECT_EQ(said_of("/categories/0/label", "Defekt"),
            "/categories/0/label: must be an object: One text in each language of the document.\n");
  EXPECT_EQ(said_of("/till/amend_window_minutes", -1),
            "/till/amend_window_minutes: must be from 0 to 10080\n");
  EXPECT_EQ(said_of("/resolution_codes", json::array()), "/resolution_codes: needs 1 entry at least\n");
}

TEST(Malformed, SaysOfAMomentInALadderOneThingAlone) {
  const std::string at = "/escalation/ladders/0/steps/0/at";
  EXPECT_EQ(said_of(at.c_str(), {{"percent", -5}}), at + "/percent: must be from 1 to 1000\n");
  EXPECT_EQ(said_of(at.c_str(), json::object()), at + ": needs 1 entry at least\n");
  const json span = {{"unit", "working_hours"}, {"amount", 1}};
  EXPECT_EQ(said_of(at.c_str(), {{"percent", 75}, {"before", span}}), at + ": may have 1 entry at most\n");
}

INSTANTIATE_TEST_SUITE_P(Malformed, Mutation, ::testing::ValuesIn(golden_json("mutations.json")),
                         [](const auto& tested) { return tested.param["name"].template get<std::string>(); });

class BundleMutation : public ::testing::TestWithParam<json> {};

TEST_P(BundleMutation, IsRefusedWithPathAndCode) {
  const json bundle = json::parse(derive_bundle(testing::sample(), 1, "S001").value());
  expect_among(parse_bundle(bundle.patch(GetParam()["patch"]).dump()), GetParam()["expect"]);
}

INSTANTIATE_TEST_SUITE_P(Malformed, BundleMutation, ::testing::ValuesIn(golden_json("bundle_mutations.json")),
                         [](const auto& tested) { return tested.param["name"].template get<std::string>(); });

class RawText : public ::testing::TestWithParam<json> {};

TEST_P(RawText, IsRefusedWithPathAndCode) {
  expect_problems(testing::read_file(golden(GetParam()["file"])), GetParam()["expect"]);
}

INSTANTIATE_TEST_SUITE_P(Malformed, RawText, ::testing::ValuesIn(golden_json("raw.json")),
                         [](const auto& tested) {
                           const auto file = tested.param["file"].template get<std::string>();
                           return file.substr(0, file.find('.'));
                         });

TEST(MalformedSettings, RefusesDeepNestingWithoutFallingOver) {
  const std::string deep(1'000'000, '[');
  expect_problems(R"({"format":)" + deep, json::parse(R"([{"path":"","code":"too_deep"}])"));
}

TEST(MalformedSettings, RefusesTwentyMegabytesUnread) {
  const std::string padded = testing::sample_text() + std::string(20U * 1024U * 1024U, ' ');
  expect_problems(padded, json::parse(R"([{"path":"","code":"too_large"}])"));
}

TEST(MalformedSettings, StopsCollectingAtTheLimit) {
  json document = testing::sample_json();
  document["languages"].push_back("fr");
  LoadOptions options;
  options.max_problems = 5;
  const Loaded<Settings> loaded = load_settings(document.dump(), options);
  EXPECT_EQ(loaded.problems.size(), 5U);
  EXPECT_TRUE(loaded.more_problems);
}

TEST(MalformedSettings, ShortensLongValues) {
  const json patch = json::parse(R"([{"op":"replace","path":"/name","value":""}])");
  json document = testing::sample_json().patch(patch);
  document["name"] = std::string(5000, 'x');
  const Loaded<Settings> loaded = load_settings(document.dump());
  ASSERT_EQ(loaded.problems.size(), 1U);
  EXPECT_LT(loaded.problems.front().value.size(), 120U);
}

}  // namespace
}  // namespace ccms::settings
