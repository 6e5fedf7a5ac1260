#include "core/settings/bundle.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "tests/core/settings/sample_settings.h"

namespace ccms::settings {
namespace {

using nlohmann::json;
using testing::sample;

std::string bundle_of(const Settings& settings, const char* store) {
  const auto bundle = derive_bundle(settings, 7, store);
  EXPECT_TRUE(bundle.ok());
  return *bundle;
}

TEST(Bundle, IsReadBackByTheTill) {
  const Loaded<Bundle> loaded = parse_bundle(bundle_of(sample(), "S007"));
  for (const Problem& problem : loaded.problems) ADD_FAILURE() << to_string(problem);
  ASSERT_TRUE(loaded.ok());
  const Bundle& bundle = *loaded.value;
  EXPECT_EQ(bundle.settings_version, 7);
  EXPECT_EQ(bundle.chain, "Nordmarkt");
  EXPECT_EQ(bundle.store.name, "Nordmarkt München Sendling");
  EXPECT_EQ(bundle.store.time_zone, "Europe/Berlin");
  EXPECT_EQ(bundle.store.hours.in("de"), "Mo-Sa 8-20 Uhr, sonntags geschlossen");
  EXPECT_THAT(bundle.till_ids, ::testing::ElementsAre("S007-T1", "S007-T2"));
  EXPECT_TRUE(bundle.till_enabled("S007-T1"));
  EXPECT_FALSE(bundle.till_enabled("S001-T1"));
  EXPECT_EQ(bundle.form.stores.size(), sample().organisation.stores.size());
  ASSERT_NE(bundle.initial_state(domain::TicketKind::complaint, std::nullopt), nullptr);
  EXPECT_EQ(bundle.initial_state(domain::TicketKind::complaint, std::nullopt)->id, "open");
  ASSERT_EQ(bundle.states.size(), 5U);
  EXPECT_TRUE(bundle.states[2].ready_to_collect);
  EXPECT_EQ(bundle.till.claim_within_days, 730);
  EXPECT_TRUE(find_by_id(bundle.form.categories, "staff_behaviour")->confidential);
  EXPECT_EQ(find_by_id(bundle.form.categories, "defective")->kinds.size(), 2U);
  EXPECT_EQ(bundle.form.search_filters.at(Screen::till), sample().form.search_filters.at(Screen::till));
}

TEST(Bundle, HasTheFieldsOfTheTillThatAreInUse) {
  const Loaded<Bundle> loaded = parse_bundle(bundle_of(sample(), "S001"));
  ASSERT_TRUE(loaded.ok());
  EXPECT_NE(loaded.value->form.find_field("serial_number"), nullptr);
  EXPECT_EQ(loaded.value->form.find_field("supplier_reference"), nullptr) << "console alone";
  EXPECT_EQ(loaded.value->form.find_field("fax_number"), nullptr) << "retired";
  EXPECT_TRUE(loaded.value->form.find_field("compensation_wish")->find_option("stamps")->retired)
      << "old tickets still have a label";
}

TEST(Bundle, HasTheSameBytesEachTime) {
  EXPECT_EQ(bundle_of(sample(), "S001"), bundle_of(testing::sample_with(json::array()), "S001"));
  EXPECT_NE(bundle_of(sample(), "S001"), bundle_of(sample(), "S002"));
}

TEST(Bundle, TellsNothingThatATillHasNoNeedOf) {
  const std::string bytes = bundle_of(sample(), "S001");
  EXPECT_EQ(bytes.find("@"), std::string::npos) << "e-mail addresses";
  EXPECT_EQ(bytes.find("{{"), std::string::npos) << "templates";
  EXPECT_EQ(bytes.find("dear_defect"), std::string::npos) << "routing";
  EXPECT_EQ(bytes.find("not_genuine"), std::string::npos) << "rejection reasons";
  EXPECT_EQ(bytes.find("S002-T1"), std::string::npos) << "other stores' tills";
  const json bundle = json::parse(bytes);
  for (const json& store : bundle["stores"]) EXPECT_EQ(store.size(), 2U) << "id and name alone";
}

TEST(Bundle, SaysHowTicketsOfItsStoreGoAndByWhenTheyAreAnswered) {
  const Settings settings = testing::sample_with(
      {{{"op", "add"}, {"path", "/turn_around_times/3/when/store"}, {"value", {"S001", "S002"}}},
       {{"op", "add"}, {"path", "/turn_around_times/2/when/region"}, {"value", {"britain"}}}});
  const std::string bytes = bundle_of(settings, "S001");
  const Loaded<Bundle> loaded = parse_bundle(bytes);
  ASSERT_TRUE(loaded.ok());
  const Bundle& bundle = *loaded.value;
  EXPECT_EQ(bundle.region, "germany");
  ASSERT_TRUE(bundle.calendar);
  EXPECT_EQ(bundle.calendar->time_zone, "Europe/Berlin");
  EXPECT_EQ(bundle.calendar->hours.size(), 3U);
  EXPECT_EQ(bundle.calendar->seasons.front().from, "12-01");
  ASSERT_TRUE(bundle.routing);
  EXPECT_EQ(find_by_id(bundle.routing->rules, "dear_defect"), nullptr) << "another concept's";
  EXPECT_NE(find_by_id(bundle.routing->rules, "defect"), nullptr);
  EXPECT_EQ(find_by_id(bundle.tats, "high"), nullptr) << "another region's";
  const Tat* standard = find_by_id(bundle.tats, "standard");
  ASSERT_NE(standard, nullptr);
  EXPECT_TRUE(standard->when.store.empty())
      << "the other stores it holds for are none of this one's business";
  EXPECT_EQ(standard->maximum, (Span{Span::Unit::working_days, 5}));
  EXPECT_EQ(find_by_id(bundle.tats, "first_answer")->minimum.at("high"),
            (Span{Span::Unit::working_minutes, 120}));
  EXPECT_TRUE(bundle.states[2].pauses_clock);
}

TEST(Bundle, HasTheRoutingRulesThatATillCanTell) {
  const json when = {{"words", {"glass", "foreign body"}},
                     {"channel", {"till", "console"}},
                     {"custom_range",
                      {{"amount_disputed", {{"min", 5000}}},
                       {"purchase_date", {{"min", "2026-01-01"}, {"max", "2026-12-31"}}}}}};
  const auto rule = [](const char* id, const json& conditions) {
    return json{{"id", id}, {"when", conditions}, {"department", "food_quality"}};
  };
  const Settings settings = testing::sample_with(
      {{{"op", "add"}, {"path", "/routing/rules/0"}, {"value", rule("told", when)}},
       {{"op", "add"}, {"path", "/routing/rules/0"}, {"value", rule("mail", {{"channel", {"email"}}})}},
       {{"op", "add"},
        {"path", "/routing/rules/0"},
        {"value", rule("checked", {{"verification", {"mismatch", "pending"}}})}}});
  EXPECT_EQ(settings.routing.rules[0].when.verification.back(), domain::Verification::pending);
  const Loaded<Bundle> loaded = parse_bundle(bundle_of(settings, "S001"));
  ASSERT_TRUE(loaded.ok());
  const Routing& routing = *loaded.value->routing;
  EXPECT_EQ(find_by_id(routing.rules, "checked"), nullptr) << "tills do not verify";
  EXPECT_EQ(find_by_id(routing.rules, "mail"), nullptr) << "never a till's ticket";
  const RoutingRule* told = find_by_id(routing.rules, "told");
  ASSERT_NE(told, nullptr);
  EXPECT_TRUE(told->when.channel.empty()) << "it is a till, there is nothing to ask";
  EXPECT_EQ(told->when.words, (std::vector<std::string>{"glass", "foreign body"}));
  const auto& ranges = told->when.custom_range;
  EXPECT_EQ(ranges.at("amount_disputed").min, (CustomRange::End{5000.0}));
  EXPECT_FALSE(ranges.at("amount_disputed").max);
  EXPECT_EQ(ranges.at("purchase_date").max, (CustomRange::End{std::string("2026-12-31")}));
}

TEST(Bundle, OfAnOlderServerSaysNothingOfDeadlines) {
  json older = json::parse(bundle_of(sample(), "S001"));
  for (const char* member : {"routing", "turn_around_times", "calendar", "region"}) older.erase(member);
  for (json& state : older["states"]) state.erase("pauses_clock");
  const Loaded<Bundle> loaded = parse_bundle(older.dump());
  ASSERT_TRUE(loaded.ok());
  EXPECT_FALSE(loaded.value->routing);
  EXPECT_TRUE(loaded.value->tats.empty());
}

TEST(Bundle, SaysWhereCcmsIsOff) {
  const Settings settings = testing::sample_with(
      {{{"op", "add"}, {"path", "/organisation/stores/0/tills/1/ccms_enabled"}, {"value", false}},
       {{"op", "add"}, {"path", "/organisation/areas/1/ccms_enabled"}, {"value", false}}});
  const Loaded<Bundle> hamburg = parse_bundle(bundle_of(settings, "S001"));
  ASSERT_TRUE(hamburg.ok());
  EXPECT_TRUE(hamburg.value->ccms_enabled);
  EXPECT_TRUE(hamburg.value->till_enabled("S001-T1"));
  EXPECT_FALSE(hamburg.value->till_enabled("S001-T2"));
  const Loaded<Bundle> berlin = parse_bundle(bundle_of(settings, "S004"));
  ASSERT_TRUE(berlin.ok());
  EXPECT_FALSE(berlin.value->ccms_enabled);
  EXPECT_FALSE(berlin.value->till_enabled("S004-T1"));
}

TEST(Bundle, NoneForAnUnknownStore) {
  const auto bundle = derive_bundle(sample(), 1, "S099");
  ASSERT_FALSE(bundle.ok());
  EXPECT_EQ(bundle.error().code, "unknown_store");
}

TEST(Bundle, IgnoresWhatANewerServerAdds) {
  json bundle = json::parse(bundle_of(sample(), "S001"));
  bundle["mascot"] = "seal";
  bundle["store"]["roof"] = "flat";
  EXPECT_TRUE(parse_bundle(bundle.dump()).ok());
}

TEST(Bundle, RefusesAnythingElse) {
  const json whole = json::parse(bundle_of(sample(), "S001"));
  const auto problem = [](const json& bundle) {
    const Loaded<Bundle> loaded = parse_bundle(bundle.dump());
    return loaded.ok() ? std::string("accepted")
                       : loaded.problems.front().error.field + " " + loaded.problems.front().error.code;
  };
  json bundle = whole;
  bundle["format"] = 2;
  EXPECT_EQ(problem(bundle), "/format bad_value");
  bundle = whole;
  bundle["fields"][0]["type"] = "hologram";
  EXPECT_EQ(problem(bundle), "/fields/0/type bad_value");
  bundle = whole;
  bundle.erase("states");
  EXPECT_EQ(problem(bundle), "/states missing_field");
  bundle = whole;
  bundle["store"] = "S001";
  EXPECT_EQ(problem(bundle), "/store wrong_type");
  bundle = whole;
  bundle["workflows"][0]["initial"] = "limbo";
  EXPECT_EQ(problem(bundle), "/workflows/0/initial unknown_reference");
  EXPECT_FALSE(parse_bundle("").ok());
  EXPECT_FALSE(parse_bundle("null").ok());
  EXPECT_FALSE(parse_bundle("{}").ok());
}

TEST(Bundle, AnyMemberMissingOrOfAnotherTypeIsAProblemAndNoCrash) {
  const std::set<std::string> kOfNewerServers{"calendar", "workflows", "region", "routing",
                                              "turn_around_times"};
  const json whole = json::parse(bundle_of(sample(), "S001"));
  for (const auto& [name, value] : whole.items()) {
    json bundle = whole;
    bundle.erase(name);
    EXPECT_EQ(parse_bundle(bundle.dump()).ok(), kOfNewerServers.contains(name)) << name;
    bundle[name] = value.is_object() ? json("text") : json::object();
    EXPECT_EQ(parse_bundle(bundle.dump()).ok(), false) << name;
    bundle[name] = nullptr;
    EXPECT_EQ(parse_bundle(bundle.dump()).ok(), false) << name;
  }
}

}  // namespace
}  // namespace ccms::settings
