#include <gtest/gtest.h>

#include <algorithm>

#include "core/settings/bundle.h"
#include "core/settings/loader.h"
#include "core/tz/tz.h"
#include "tests/server/presets/story.h"

namespace ccms::test {
namespace {

class Preset : public ::testing::TestWithParam<std::string> {};

TEST_P(Preset, LoadsWithoutAProblem) {
  settings::LoadOptions options;
  options.time_zone_exists = [](std::string_view zone) { return tz::is_time_zone(zone); };
  const auto loaded = settings::load_settings(preset_document(GetParam()), options);
  for (const auto& problem : loaded.problems) ADD_FAILURE() << to_string(problem);
  EXPECT_TRUE(loaded.ok());
}

TEST_P(Preset, GivesEachStoreABundleThatItsTillsCanRead) {
  const auto settings = settings::load_settings(preset_document(GetParam())).value.value();
  for (const auto& store : settings.organisation.stores) {
    const auto bytes = settings::derive_bundle(settings, 1, store.id);
    ASSERT_TRUE(bytes.ok()) << store.id;
    const auto bundle = settings::parse_bundle(*bytes);
    for (const auto& problem : bundle.problems) ADD_FAILURE() << store.id << " " << to_string(problem);
    ASSERT_TRUE(bundle.ok()) << store.id;
    EXPECT_EQ(bundle.value->workflows.size(), settings.workflows.size());
  }
}

TEST_P(Preset, TellsTheCustomerThatTheTicketIsThereAndThatItIsFinished) {
  const auto settings = settings::load_settings(preset_document(GetParam())).value.value();
  const auto tells_of = [&](settings::Occasion occasion, const std::string& step) {
    return std::any_of(
        settings.notifications.rules.begin(), settings.notifications.rules.end(), [&](const auto& rule) {
          return rule.to == settings::Recipient::customer && rule.on == occasion &&
                 (step.empty() || std::find(rule.steps.begin(), rule.steps.end(), step) != rule.steps.end());
        });
  };
  if (settings.notifications.rules.empty()) return;  // a chain that tells nobody yet
  EXPECT_TRUE(tells_of(settings::Occasion::created, ""));
  for (const auto& workflow : settings.workflows) {
    for (const auto& transition : workflow.transitions) {
      const auto* target = transition.to ? settings.find_state(*transition.to) : nullptr;
      if (target == nullptr || !settings::is_terminal(target->type)) continue;
      const auto occasion = transition.action == settings::Action::reject ? settings::Occasion::rejected
                                                                          : settings::Occasion::closed;
      EXPECT_TRUE(tells_of(occasion, "") || tells_of(settings::Occasion::step, transition.id))
          << workflow.id << "/" << transition.id;
    }
  }
}

TEST_P(Preset, TakesEachDeadlinePack) {
  for (const std::string& pack : deadline_packs()) {
    const auto loaded = settings::load_settings(with_deadlines(preset_document(GetParam()), pack));
    for (const auto& problem : loaded.problems) ADD_FAILURE() << pack << " " << to_string(problem);
  }
}

TEST(DeadlinePacks, WarnTheEscalatorsTwoWeeksBeforeTheLawsEightAreOver) {
  Story story("case-management", "supervisor", "uk-disp");
  const Person creator = story.person("creator", {{"card_creator", "london"}});
  const Person officer = story.person("officer", {{"escalation_officer", ""}});
  creator.logs(
      {{"kind", "complaint"},
       {"language", "en"},
       {"store", "LON"},
       {"ticket", {{"category", "other"}, {"priority", "low"}, {"details", "My letters are not answered."}}},
       {"complainant", {{"kind", "contact"}, {"name", "Maya Okafor"}, {"email", "maya@customer.example"}}},
       {"proof", {{"kind", "none"}, {"reason", "no_purchase"}}}});
  for (const char* moment : {"2027-01-04T09:59:00.000Z", "2027-01-04T10:01:00.000Z",
                             "2027-01-15T10:01:00.000Z", "2027-01-18T10:01:00.000Z"})
    story.reaches(moment);
  story.expect_told_as_in("deadlines-uk-disp");
}

std::string test_name(const ::testing::TestParamInfo<std::string>& preset) {
  std::string name = preset.param;
  std::replace(name.begin(), name.end(), '-', '_');
  return name;
}

INSTANTIATE_TEST_SUITE_P(All, Preset, ::testing::ValuesIn(preset_names()), test_name);

}  // namespace
}  // namespace ccms::test
