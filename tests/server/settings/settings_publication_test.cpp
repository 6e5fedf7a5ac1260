#include "tests/server/settings/settings_life.h"

namespace ccms::test {
namespace {

class SettingsPublication : public SettingsLife {
 protected:
  void create_ticket_in(const std::string& category) {
    json request = StaffServer::ticket_request();
    request["ticket"]["category"] = category;
    server.create_ticket(request);
  }
};

TEST_P(SettingsPublication, MakesTheDraftTheNextVersionAtOnce) {
  const std::string document = with_category("brand_new").dump(1) + "\n";
  save(document);
  const Answer published = publish({{"note", "A category for new things"}});
  EXPECT_EQ(published.status, 201) << published.response.body;
  EXPECT_EQ(published.header("Location"), "/api/v1/settings/versions/2");
  EXPECT_EQ(version_in_force(), 2);
  EXPECT_FALSE(has_draft());

  const Answer shown = server.get(hq, "/api/v1/settings/versions/2");
  EXPECT_EQ(shown.response.body, document) << "byte for byte";
  EXPECT_EQ(server.get(hq, "/api/v1/settings/versions/1").response.body, sample_settings());
  const json list = versions();
  EXPECT_EQ(list["in_force"], 2);
  ASSERT_EQ(list["versions"].size(), 2U);
  EXPECT_EQ(list["versions"][0]["number"], 2);
  EXPECT_EQ(list["versions"][0]["state"], "in_force");
  EXPECT_EQ(list["versions"][0]["published_by"], "Name of hq");
  EXPECT_EQ(list["versions"][0]["note"], "A category for new things");
  EXPECT_EQ(list["versions"][1]["state"], "former");
  EXPECT_FALSE(list["versions"][1].contains("note"));
  create_ticket_in("brand_new");
}

TEST_P(SettingsPublication, ListsVersionsPageByPage) {
  for (const char* id : {"one", "two", "three"}) publish_document(with_category(id));
  const json first = server.get(hq, "/api/v1/settings/versions?limit=3").json;
  ASSERT_EQ(first["versions"].size(), 3U);
  EXPECT_EQ(first["next"], 2);
  const json rest = server.get(hq, "/api/v1/settings/versions?limit=3&before=2").json;
  ASSERT_EQ(rest["versions"].size(), 1U);
  EXPECT_EQ(rest["versions"][0]["number"], 1);
  EXPECT_FALSE(rest.contains("next"));
  EXPECT_EQ(server.get(hq, "/api/v1/settings/versions?limit=0").field(), "/limit");
  EXPECT_EQ(server.get(hq, "/api/v1/settings/versions?before=x").field(), "/before");
  EXPECT_EQ(server.get(hq, "/api/v1/settings/versions/9").status, 404);
  EXPECT_EQ(server.get(hq, "/api/v1/settings/versions/x").field(), "/version");
}

TEST_P(SettingsPublication, RefusesAMalformedDraftNamingEveryPath) {
  save(sample_with({put("/workflows/0/initial", "nowhere"), put("/routing/fallback/department", "nobody")})
           .dump());
  const Answer refused = publish();
  EXPECT_EQ(refused.status, 422);
  EXPECT_EQ(refused.json["errors"].size(), 2U) << refused.response.body;
  EXPECT_EQ(refused.json["errors"][0]["field"], "/workflows/0/initial");
  EXPECT_EQ(refused.json["errors"][1]["field"], "/routing/fallback/department");
  EXPECT_EQ(refused.json["errors"][1]["value"], "\"nobody\"");
  EXPECT_EQ(stored_versions(), 1);
  EXPECT_TRUE(has_draft()) << "it can be mended";
  EXPECT_EQ(version_in_force(), 1);
}

TEST_P(SettingsPublication, RefusesADraftThatKnowsNothingOfANewerVersionAndSaysWhoPublished) {
  save(with_category("mine").dump());
  server.publish(with_category("theirs").dump());
  const Answer refused = publish();
  EXPECT_EQ(refused.status, 409);
  EXPECT_EQ(refused.code(), "draft_outdated");
  EXPECT_EQ(refused.field(), "/based_on");
  ASSERT_EQ(refused.json["published_since"].size(), 1U);
  EXPECT_EQ(refused.json["published_since"][0]["number"], 2);
  EXPECT_EQ(refused.json["published_since"][0]["published_by"], "test");

  const Answer seen = save(with_category("both").dump(), {{"If-Match", "*"}}, "?based_on=2");
  EXPECT_EQ(seen.status, 200) << seen.response.body;
  EXPECT_EQ(number_in(publish()), 3);
}

TEST_P(SettingsPublication, NobodyPublishesADraftThatTheyHaveNotSeen) {
  const Answer saved = save(with_category("brand_new").dump());
  const auto publish_with = [&](Headers headers) {
    return server.post(hq, "/api/v1/settings/draft/publish", json::object(), std::move(headers));
  };
  const Answer silent = publish_with({});
  EXPECT_EQ(silent.status, 428) << silent.response.body;
  EXPECT_EQ(silent.code(), "if_match_missing");
  EXPECT_EQ(silent.header("ETag"), saved.header("ETag"));
  EXPECT_TRUE(has_draft());
  EXPECT_EQ(stored_versions(), 1);
  EXPECT_EQ(publish_with({{"If-Match", saved.header("ETag")}}).status, 201);
}

TEST_P(SettingsPublication, HappensOnceUnderOneKey) {
  save(with_category("brand_new").dump());
  const Answer first = publish({{"note", "once"}}, {{"Idempotency-Key", "k"}});
  const Answer again = publish({{"note", "once"}}, {{"Idempotency-Key", "k"}});
  EXPECT_EQ(first.status, 201);
  EXPECT_EQ(again.response.body, first.response.body);
  EXPECT_EQ(again.header("Location"), first.header("Location"));
  EXPECT_EQ(again.header("Idempotent-Replayed"), "true");
  EXPECT_EQ(stored_versions(), 2);
}

TEST_P(SettingsPublication, WhatTheRequestGetsWrongIsNamed) {
  EXPECT_EQ(publish().status, 404) << "there is no draft";
  save(with_category("brand_new").dump());
  EXPECT_EQ(publish({{"note", std::string(501, 'x')}}).field(), "/note");
  EXPECT_EQ(publish({{"notes", "x"}}).field(), "/notes");
  EXPECT_EQ(publish({{"stores", "S001"}}).field(), "/stores");
  EXPECT_EQ(publish({{"stores", {"S001", 5}}}).field(), "/stores/1");
  EXPECT_EQ(publish({{"areas", {"hamburg", "atlantis"}}}).field(), "/areas/1");
  EXPECT_EQ(publish({{"zones", {"moon"}}}).field(), "/zones/0");
  EXPECT_EQ(roll_back(0).field(), "/to");
  EXPECT_EQ(roll_back(9).field(), "/to");
  EXPECT_EQ(roll_out({{"stores", {"S001"}}}).field(), "/version");
  EXPECT_EQ(roll_out({{"version", "1"}, {"stores", {"S001"}}}).field(), "/version");
  EXPECT_EQ(roll_out({{"version", 9}, {"stores", {"S001"}}}).field(), "/version");
  EXPECT_EQ(roll_out({{"version", 1}, {"stores", {"S001"}}, {"everyone", true}}).field(), "/everyone");
  EXPECT_EQ(roll_out({{"version", 1}, {"everyone", "yes"}}).field(), "/everyone");
  EXPECT_EQ(stored_versions(), 1);
}

TEST_P(SettingsPublication, GoingBackPublishesTheFormerDocumentAnew) {
  publish_document(with_category("brand_new"));
  const Answer back = roll_back(1);
  EXPECT_EQ(back.status, 201) << back.response.body;
  EXPECT_EQ(number_in(back), 3);
  EXPECT_EQ(back.json["version"]["note"], "back to version 1");
  EXPECT_EQ(server.get(hq, "/api/v1/settings/versions/3").response.body, sample_settings());
  EXPECT_EQ(version_in_force(), 3);
  const Answer again = roll_back(1);
  EXPECT_EQ(again.status, 409);
  EXPECT_EQ(again.code(), "already_in_force");
  EXPECT_EQ(number_in(roll_back(2)), 4) << "and forth again";
}

TEST_P(SettingsPublication, GoingBackDoesNotTakeAwayWhatTicketsUse) {
  publish_document(with_category("brand_new"));
  create_ticket_in("brand_new");
  const Answer refused = roll_back(1);
  EXPECT_EQ(refused.status, 422);
  EXPECT_EQ(refused.code(), "in_use");
  EXPECT_EQ(refused.field(), "/categories");
  EXPECT_EQ(refused.json["errors"][0]["value"], "\"brand_new\"");
  EXPECT_EQ(version_in_force(), 2);
  json retired = with_category("brand_new");
  retired["categories"].back()["retired"] = true;
  EXPECT_EQ(publish_document(retired), 3);
}

TEST_P(SettingsPublication, IsLoggedWithWhoDidIt) {
  publish_document(with_category("brand_new"));
  EXPECT_NE(server.log().find("\"event\":\"settings_published\""), std::string::npos);
  EXPECT_NE(server.log().find(server.user_id_of("hq")), std::string::npos);
}

CCMS_SETTINGS_LIFE(SettingsPublication);

}  // namespace
}  // namespace ccms::test
