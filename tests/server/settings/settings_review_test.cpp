#include "tests/server/settings/settings_life.h"

namespace ccms::test {
namespace {

class SettingsReview : public SettingsLife {
 protected:
  Answer check() { return server.post(hq, "/api/v1/settings/draft/check", json::object()); }
  Answer preview(const json& wish = json::object()) {
    return server.post(hq, "/api/v1/settings/draft/preview", wish);
  }
};

TEST_P(SettingsReview, CheckingSaysWhatIsWrongByPathAndValue) {
  EXPECT_EQ(check().status, 404);
  save(sample_with({put("/categories/0/label", {{"en", "Broken"}})}).dump());
  const Answer checked = check();
  EXPECT_EQ(checked.status, 200);
  EXPECT_EQ(checked.json["ok"], false);
  EXPECT_EQ(checked.json["problems"][0]["field"], "/categories/0/label/de");
  EXPECT_EQ(checked.json["problems"][0]["code"], "missing_language");
  save(sample_settings());
  EXPECT_EQ(check().json["ok"], true);
}

TEST_P(SettingsReview, CheckingSaysWhatTicketsUse) {
  publish_document(with_category("brand_new"));
  json request = StaffServer::ticket_request();
  request["ticket"]["category"] = "brand_new";
  server.create_ticket(request);
  save(sample_settings());
  const Answer checked = check();
  ASSERT_EQ(checked.json["problems"].size(), 1U) << checked.response.body;
  EXPECT_EQ(checked.json["problems"][0]["code"], "in_use");
  EXPECT_EQ(checked.json["problems"][0]["field"], "/categories");
  EXPECT_EQ(checked.json["problems"][0]["value"], "\"brand_new\"");
}

TEST_P(SettingsReview, CheckingSaysWhetherSomebodyPublishedSince) {
  save(sample_settings());
  EXPECT_EQ(check().json["up_to_date"], true);
  server.publish(with_category("theirs").dump());
  EXPECT_EQ(check().json["up_to_date"], false);
}

TEST_P(SettingsReview, APreviewTellsTheChangesInWordsAndWritesNothing) {
  save(sample_with({put("/routing/rules/2/department", "store_operations"), put("/till/retention_days", 14)})
           .dump());
  const Answer seen = preview();
  EXPECT_EQ(seen.status, 200) << seen.response.body;
  EXPECT_EQ(seen.json["in_force"], 1);
  ASSERT_EQ(seen.json["changes"].size(), 2U);
  EXPECT_EQ(seen.json["changes"][0]["text"],
            "routing rule “food” now goes to “store_operations” (before: “food_quality”)");
  EXPECT_EQ(seen.json["changes"][0]["pointer"], "/routing/rules/2/department");
  EXPECT_EQ(seen.json["changes"][0]["kind"], "changed");
  EXPECT_FALSE(seen.json.contains("store"));
  EXPECT_EQ(stored_versions(), 1);
  EXPECT_EQ(version_in_force(), 1);
}

TEST_P(SettingsReview, APreviewShowsWhatAStoresTillsWouldGet) {
  json document = sample_with({put("/fields/0/label/de", "Gerätenummer")});
  document["organisation"]["stores"][0]["ccms_enabled"] = false;
  save(document.dump());
  const Answer seen = preview({{"store", "S001"}, {"language", "de"}});
  ASSERT_EQ(seen.status, 200) << seen.response.body;
  EXPECT_EQ(seen.json["store"]["id"], "S001");
  EXPECT_EQ(seen.json["store"]["ccms_enabled"], false);
  EXPECT_GT(seen.json["store"]["bundle_bytes"].get<int>(), 1000);
  EXPECT_GT(seen.json["store"]["bundle_bytes_now"].get<int>(), 1000);
  EXPECT_NE(seen.json["store"]["form"].dump().find("Gerätenummer"), std::string::npos);
  EXPECT_EQ(preview({{"store", "S999"}}).field(), "/store");
  EXPECT_EQ(preview({{"stores", "S001"}}).field(), "/stores");
  EXPECT_EQ(preview({{"kind", "joke"}}).field(), "/kind");
}

TEST_P(SettingsReview, APreviewOfADraftWithProblemsStillTellsTheChanges) {
  save(sample_with({put("/workflows/0/initial", "nowhere")}).dump());
  const Answer seen = preview({{"store", "S001"}});
  EXPECT_EQ(seen.status, 200);
  EXPECT_EQ(seen.json["changes"][0]["text"], "workflow “standard”: initial “nowhere” (before: “open”)");
  EXPECT_FALSE(seen.json["problems"].empty());
  EXPECT_FALSE(seen.json.contains("store")) << "there is no bundle of it";
}

TEST_P(SettingsReview, TwoVersionsAreComparedInWords) {
  ASSERT_EQ(publish_document(sample_with({put("/resolution_codes/3/retired", true)})), 2);
  save(sample_settings());
  const std::string address = "/api/v1/settings/versions/1/difference";
  const Answer forth = server.get(hq, address + "?to=2");
  ASSERT_EQ(forth.status, 200) << forth.response.body;
  ASSERT_EQ(forth.json["changes"].size(), 1U);
  EXPECT_EQ(forth.json["changes"][0]["text"], "resolution codes: “voucher” retired");
  EXPECT_EQ(forth.json["changes"][0]["kind"], "retired");
  EXPECT_EQ(server.get(hq, "/api/v1/settings/versions/2/difference?to=1").json["changes"][0]["kind"],
            "reinstated");
  EXPECT_EQ(server.get(hq, address + "?to=draft").json["changes"], json::array());
  EXPECT_EQ(server.get(hq, address + "?to=7").field(), "/to");
  EXPECT_EQ(server.get(hq, address).field(), "/to");
  EXPECT_EQ(server.get(hq, "/api/v1/settings/versions/7/difference?to=1").field(), "/version");
}

CCMS_SETTINGS_LIFE(SettingsReview);

}  // namespace
}  // namespace ccms::test
