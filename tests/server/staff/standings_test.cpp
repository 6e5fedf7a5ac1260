#include "server/staff/standings.h"

#include <gtest/gtest.h>

namespace ccms::server {
namespace {

using settings::Permission;
using settings::RoleScope;

settings::Settings chain(RoleScope scope_of_inspector) {
  settings::Settings settings;
  settings.form.departments = {{"repairs", {}, false}};
  settings.organisation.areas.emplace_back().id = "north";
  settings.roles = settings::standard_roles({"en"});
  settings.roles.push_back({"inspector", {}, scope_of_inspector, {Permission::tickets_view}});
  return settings;
}

std::vector<std::string> roles_of(const std::vector<RoleGrant>& grants, const settings::Settings& settings) {
  std::vector<std::string> roles;
  for (const auto& standing : standings_of(grants, &settings)) roles.push_back(standing.role);
  return roles;
}

TEST(Standings, AGrantForAnAreaNeverBecomesTheChains) {
  const std::vector<RoleGrant> grants{{"inspector", "north"}};
  EXPECT_EQ(roles_of(grants, chain(RoleScope::area)), std::vector<std::string>{"inspector"});
  EXPECT_TRUE(roles_of(grants, chain(RoleScope::chain)).empty());
  EXPECT_TRUE(roles_of(grants, chain(RoleScope::store)).empty()) << "nor for something else of another kind";
  EXPECT_TRUE(roles_of({{"inspector", ""}}, chain(RoleScope::area)).empty());
}

class BrokenSettings final : public SettingsProvider {
 public:
  std::shared_ptr<const PublishedSettings> current() override { throw UnreadableSettings("damaged"); }
  std::shared_ptr<const PublishedSettings> at(std::int64_t) override { throw UnreadableSettings("damaged"); }
  std::shared_ptr<const PublishedSettings> at(db::Connection&, std::int64_t) override {
    throw UnreadableSettings("damaged");
  }
};

TEST(Standings, UnderSettingsThatNobodyCanReadHeadquartersMayPublishOthersAndNothingElse) {
  BrokenSettings broken;
  EXPECT_TRUE(standings_now({{"store_manager", "S001"}, {"department_staff", "repairs"}}, broken).empty());
  const auto standings = standings_now({{"hq", ""}}, broken);
  ASSERT_EQ(standings.size(), 1U);
  EXPECT_TRUE(standings[0].may(Permission::settings_publish));
  EXPECT_TRUE(standings[0].may(Permission::settings_edit));
  EXPECT_FALSE(standings[0].may(Permission::tickets_view));
  EXPECT_FALSE(standings[0].may(Permission::people_change));
}

}  // namespace
}  // namespace ccms::server
