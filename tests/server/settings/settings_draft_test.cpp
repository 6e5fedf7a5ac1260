#include "tests/server/settings/settings_life.h"

namespace ccms::test {
namespace {

constexpr const char* kDraft = "/api/v1/settings/draft";

class SettingsDraft : public SettingsLife {};

TEST_P(SettingsDraft, IsKeptByteForByteAndNobodyWorksByIt) {
  const std::string document = "  " + with_category("brand_new").dump(3) + "\n\n";
  const Answer saved = save(document);
  EXPECT_EQ(saved.status, 201) << saved.response.body;
  EXPECT_EQ(saved.json["problems"], json::array());
  EXPECT_EQ(saved.json["draft"]["based_on"], 1);
  EXPECT_EQ(saved.json["draft"]["updated_by"], "Name of hq");

  const Answer shown = server.get(hq, kDraft);
  EXPECT_EQ(shown.response.body, document);
  EXPECT_EQ(shown.header("ETag"), saved.header("ETag"));
  EXPECT_EQ(versions()["draft"]["etag"], saved.header("ETag"));
  EXPECT_EQ(version_in_force(), 1);
  EXPECT_EQ(stored_versions(), 1);
}

TEST_P(SettingsDraft, MayBeLongerThanAColumn) {
  const std::string document = sample_settings() + std::string(200'000, ' ');
  ASSERT_EQ(save(document).status, 201);
  EXPECT_EQ(server.get(hq, kDraft).response.body, document);
  ASSERT_EQ(save(sample_settings()).status, 200);
  EXPECT_EQ(server.get(hq, kDraft).response.body, sample_settings()) << "nothing of the former one is left";
}

TEST_P(SettingsDraft, WhatIsNoJsonObjectIsKeptOutByPath) {
  const std::pair<const char*, std::pair<const char*, const char*>> wrong[] = {
      {"{", {"not_json", ""}},
      {"[]", {"wrong_type", ""}},
      {"{\"name\": 1, \"till\": {\"a\": 1, \"a\": 2}}", {"duplicate_key", "/till/a"}},
      {"{\"name\": \"\xff\"}", {"invalid_utf8", ""}}};
  for (const auto& [document, problem] : wrong) {
    const Answer refused = save(document);
    EXPECT_EQ(refused.status, 422) << document;
    EXPECT_EQ(refused.code(), problem.first) << document;
    EXPECT_EQ(refused.field(), problem.second) << document;
  }
  EXPECT_FALSE(has_draft());
}

TEST_P(SettingsDraft, WhatIsWrongWithItIsToldByPathAndValueAndDoesNotKeepItOut) {
  const Answer saved = save(sample_with({put("/workflows/0/initial", "nowhere")}).dump());
  EXPECT_EQ(saved.status, 201);
  ASSERT_FALSE(saved.json["problems"].empty());
  EXPECT_EQ(saved.json["problems"][0]["field"], "/workflows/0/initial");
  EXPECT_EQ(saved.json["problems"][0]["code"], "unknown_reference");
  EXPECT_EQ(saved.json["problems"][0]["value"], "\"nowhere\"");
  EXPECT_TRUE(has_draft());
}

TEST_P(SettingsDraft, OfTwoWhoWriteAtOnceOneIsTold) {
  const Answer first = save(sample_settings());
  EXPECT_EQ(save("{}", {}).status, 428) << "who has seen nothing replaces nothing";
  const Answer mine = save("{\"name\": \"mine\"}", {{"If-Match", first.header("ETag")}});
  EXPECT_EQ(mine.status, 200);
  const Answer late = save("{\"name\": \"late\"}", {{"If-Match", first.header("ETag")}});
  EXPECT_EQ(late.status, 412);
  EXPECT_EQ(late.code(), "draft_changed");
  EXPECT_EQ(late.header("ETag"), mine.header("ETag"));
  EXPECT_EQ(late.json["draft"]["updated_by"], "Name of hq");
  EXPECT_EQ(save("{}", {{"If-None-Match", "*"}}).status, 412);
  EXPECT_EQ(publish(json::object(), {{"If-Match", first.header("ETag")}}).status, 412);
  EXPECT_EQ(server.get(hq, kDraft).json, json({{"name", "mine"}}));
}

TEST_P(SettingsDraft, CanBeDiscardedByWhoHasSeenIt) {
  const Answer saved = save(sample_settings());
  EXPECT_EQ(server.call(hq, "DELETE", kDraft).status, 428);
  EXPECT_EQ(server.call(hq, "DELETE", kDraft, "", {{"If-Match", "\"another\""}}).status, 412);
  EXPECT_EQ(server.call(hq, "DELETE", kDraft, "", {{"If-Match", saved.header("ETag")}}).status, 204);
  EXPECT_EQ(server.get(hq, kDraft).status, 404);
  EXPECT_EQ(server.call(hq, "DELETE", kDraft).status, 404);
  EXPECT_EQ(save("{}", {{"If-Match", saved.header("ETag")}}).status, 412) << "it is gone";
}

TEST_P(SettingsDraft, IsBasedOnAVersionThatExists) {
  for (const char* base : {"7", "0", "x", "-1"}) {
    const Answer refused = save("{}", {}, std::string("?based_on=") + base);
    EXPECT_EQ(refused.status, 422) << base;
    EXPECT_EQ(refused.field(), "/based_on") << base;
  }
  EXPECT_EQ(save("{}", {}, "?based_on=1").status, 201);
}

TEST_P(SettingsDraft, IsForHeadquartersAlone) {
  save(sample_settings());
  const std::pair<const char*, const char*> addresses[] = {
      {"GET", "/api/v1/settings/versions"},
      {"GET", "/api/v1/settings/versions/1"},
      {"GET", "/api/v1/settings/versions/1/difference?to=draft"},
      {"GET", kDraft},
      {"PUT", kDraft},
      {"DELETE", kDraft},
      {"POST", "/api/v1/settings/draft/check"},
      {"POST", "/api/v1/settings/draft/preview"},
      {"POST", "/api/v1/settings/draft/publish"},
      {"POST", "/api/v1/settings/rollouts"},
      {"DELETE", "/api/v1/settings/rollouts/1"},
      {"POST", "/api/v1/settings/rollback"}};
  const Caller others[] = {server.staff_of("repairs"), server.manager_of("S001"),
                           server.client_with_key({{"department_staff", "repairs"}})};
  for (const auto& [method, target] : addresses) {
    for (const Caller& other : others) {
      const Answer refused = server.call(other, method, target, "{}");
      EXPECT_EQ(refused.status, 403) << method << ' ' << target;
      EXPECT_EQ(refused.code(), "forbidden") << method << ' ' << target;
    }
    EXPECT_EQ(server.call({}, method, target, "{}").status, 401) << method << ' ' << target;
  }
  EXPECT_EQ(server.get(hq, kDraft).response.body, sample_settings());
  EXPECT_EQ(server.get(server.client_with_key({{"hq", ""}}), kDraft).status, 200);
}

CCMS_SETTINGS_LIFE(SettingsDraft);

}  // namespace
}  // namespace ccms::test
