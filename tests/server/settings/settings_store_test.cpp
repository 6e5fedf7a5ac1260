#include "server/settings/settings_store.h"

#include <gtest/gtest.h>

#include "server/settings/version_table.h"
#include "tests/server/support/staff_server.h"

namespace ccms::test {
namespace {

using nlohmann::json;

class SettingsStoreTest : public OnBothDatabases {
 protected:
  server::SettingsStore::Publication publish(const json& document) {
    return server::SettingsStore(server.database()).publish(document.dump(), "test", server.clock().now());
  }
  std::int64_t version_in_force() { return server::SettingsStore(server.database()).current()->version; }

  /// The sample chain without one element of a list.
  static json without(const json::json_pointer& list, const std::string& id) {
    json document = json::parse(sample_settings());
    json kept = json::array();
    for (const json& element : document[list]) {
      if (element["id"] != id) kept.push_back(element);
    }
    document[list] = kept;
    return document;
  }

  static json with_one_more_category() {
    json document = json::parse(sample_settings());
    json category = document["categories"].back();
    category["id"] = "brand_new";
    document["categories"].push_back(category);
    return document;
  }
};

TEST_P(SettingsStoreTest, ABadDocumentLeavesTheFormerInForce) {
  json document = json::parse(sample_settings());
  document["workflows"][0]["initial"] = "nowhere";
  const auto refused = publish(document);
  EXPECT_EQ(refused.version, 0);
  ASSERT_FALSE(refused.problems.empty());
  EXPECT_EQ(refused.problems.front().error.field, "/workflows/0/initial");
  EXPECT_EQ(version_in_force(), 1);
  EXPECT_EQ(server.count("SELECT COUNT(*) FROM settings_versions"), 1);
  EXPECT_NO_THROW(server.create_ticket(StaffServer::ticket_request()));
}

TEST_P(SettingsStoreTest, WhatAnEarlierProgramPublishedGoesOnAndIsNotPublishedAnew) {
  json document = json::parse(sample_settings());
  const json alert = {{"at_percent", 80}, {"emails", {"lead@nordmarkt.example"}}, {"template", "late"}};
  document["role_times"] = {{{"role", "department_staff"},
                             {"response", {{"unit", "hours"}, {"amount", 1}}},
                             {"alerts", {alert, alert}}}};
  const auto refused = publish(document);
  ASSERT_EQ(refused.problems.size(), 1U);
  EXPECT_EQ(refused.problems.front().error.field, "/role_times/0/alerts/1/at_percent");
  const auto now = server.clock().now();
  server::VersionTable(*server.database().writer())
      .insert({2, "", now, "test", "", now, {}}, document.dump());
  EXPECT_EQ(version_in_force(), 2);
}

TEST_P(SettingsStoreTest, TheSameDocumentIsNoNewVersion) {
  const auto again =
      server::SettingsStore(server.database()).publish(sample_settings(), "test", server.clock().now());
  EXPECT_TRUE(again.unchanged);
  EXPECT_EQ(again.version, 1);
  EXPECT_EQ(publish(with_one_more_category()).version, 2);
  EXPECT_EQ(version_in_force(), 2);
}

TEST_P(SettingsStoreTest, WhatTicketsUseCannotBeRemoved) {
  ASSERT_EQ(publish(with_one_more_category()).version, 2);
  json request = StaffServer::ticket_request();
  request["ticket"]["category"] = "brand_new";
  server.restart();
  server.create_ticket(request);
  const auto refused = publish(json::parse(sample_settings()));
  EXPECT_EQ(refused.version, 0);
  ASSERT_EQ(refused.problems.size(), 1U);
  EXPECT_EQ(refused.problems.front().error.code, "in_use");
  EXPECT_EQ(refused.problems.front().error.field, "/categories");
  EXPECT_EQ(refused.problems.front().value, "\"brand_new\"");
  EXPECT_EQ(version_in_force(), 2);
}

TEST_P(SettingsStoreTest, WhatNobodyUsesCanBeRemoved) {
  ASSERT_EQ(publish(with_one_more_category()).version, 2);
  EXPECT_EQ(publish(without(json::json_pointer("/categories"), "brand_new")).version, 3);
}

INSTANTIATE_TEST_SUITE_P(Databases, SettingsStoreTest, testing::Values(Backend::sqlite, Backend::mariadb),
                         backend_name);

}  // namespace
}  // namespace ccms::test
