#include "tests/server/settings/settings_life.h"

namespace ccms::test {
namespace {

using wire::CaptureOutcome;

class SettingsRollout : public SettingsLife {
 protected:
  FakeTill hamburg = till_of("S001");
  FakeTill berlin = till_of("S004");
};

TEST_P(SettingsRollout, TheStoresOfTheGroupGetTheVersionAndTheOthersStay) {
  const auto before = server.send(berlin.request("GET", "/api/v1/sync/settings"));
  EXPECT_EQ(publish_document(with_category("brand_new"), {{"areas", {"hamburg"}}}), 2);
  EXPECT_EQ(version_at(hamburg), 2);
  EXPECT_EQ(version_at(berlin), 1);
  EXPECT_EQ(version_in_force(), 1) << "the server works by what is everyone's";

  server::Request etag_holder;
  etag_holder.headers = before.headers;
  auto again = berlin.request("GET", "/api/v1/sync/settings");
  again.headers.emplace_back("If-None-Match", etag_holder.header("ETag").value());
  EXPECT_EQ(server.send(again).status, 304);

  const json newest = versions()["versions"][0];
  EXPECT_EQ(newest["state"], "staged");
  EXPECT_FALSE(newest.contains("in_force_at"));
  ASSERT_EQ(newest["rollouts"].size(), 1U);
  EXPECT_EQ(newest["rollouts"][0]["stores"], json({"S001", "S002", "S003"}));
  EXPECT_EQ(newest["rollouts"][0]["started_by"], "Name of hq");
}

TEST_P(SettingsRollout, TicketsAreJudgedByTheVersionThatTheirTillHad) {
  publish_document(with_category("brand_new"), {{"stores", {"S001"}}});
  EXPECT_EQ(send_ticket(hamburg, 2, "brand_new").outcome, CaptureOutcome::stored);
  EXPECT_EQ(send_ticket(berlin, 1, "other").outcome, CaptureOutcome::stored);
  const auto refused = send_ticket(berlin, 1, "brand_new");
  EXPECT_EQ(refused.outcome, CaptureOutcome::rejected);
  EXPECT_EQ(refused.problem.value().field, "/body/ticket/category");
}

TEST_P(SettingsRollout, MoreStoresFollowAndThenEverybody) {
  publish_document(with_category("brand_new"), {{"stores", {"S001"}}});
  const Answer more = roll_out({{"version", 2}, {"zones", {"de_north"}}});
  EXPECT_EQ(more.status, 200) << more.response.body;
  EXPECT_EQ(version_at(berlin), 2);
  EXPECT_EQ(version_in_force(), 1);
  const Answer finished = roll_out({{"version", 2}, {"everyone", true}});
  EXPECT_EQ(finished.status, 200) << finished.response.body;
  EXPECT_EQ(finished.json["version"]["state"], "in_force");
  EXPECT_EQ(version_in_force(), 2);
  EXPECT_EQ(version_at(till_of("S011")), 2);
  const Answer again = roll_out({{"version", 2}, {"stores", {"S001"}}});
  EXPECT_EQ(again.status, 409);
  EXPECT_EQ(again.code(), "not_staged");
  EXPECT_EQ(again.field(), "/version");
}

TEST_P(SettingsRollout, TakenBackTheStoresHaveWhatEverybodyHas) {
  publish_document(with_category("brand_new"), {{"stores", {"S001", "S004"}}});
  const std::string address = "/api/v1/settings/rollouts/2";
  EXPECT_EQ(server.call(hq, "DELETE", address + "?store=S004").status, 204);
  EXPECT_EQ(version_at(hamburg), 2);
  EXPECT_EQ(version_at(berlin), 1);
  EXPECT_EQ(server.call(hq, "DELETE", address).status, 204);
  EXPECT_EQ(version_at(hamburg), 1);
  EXPECT_EQ(versions()["versions"][0]["state"], "waiting");
  EXPECT_EQ(server.call(hq, "DELETE", address).code(), "not_staged");
  EXPECT_EQ(roll_out({{"version", 2}, {"stores", {"S004"}}}).status, 200) << "it may be tried again";
  EXPECT_EQ(version_at(berlin), 2);
}

TEST_P(SettingsRollout, WhatTicketsOfATrialUseStaysInEveryLaterVersion) {
  publish_document(with_category("brand_new"), {{"stores", {"S001"}}});
  send_ticket(hamburg, 2, "brand_new");
  server.call(hq, "DELETE", "/api/v1/settings/rollouts/2");
  save(with_category("another").dump());
  const Answer refused = publish();
  EXPECT_EQ(refused.code(), "in_use");
  EXPECT_EQ(refused.json["errors"][0]["value"], "\"brand_new\"");
  EXPECT_EQ(roll_back(1).code(), "in_use");
}

TEST_P(SettingsRollout, IsNotFinishedWhileOtherStoresUseWhatItRemoves) {
  publish_document(with_category("brand_new"));
  ASSERT_EQ(publish_document(json::parse(sample_settings()), {{"stores", {"S001"}}}), 3);
  EXPECT_EQ(send_ticket(berlin, 2, "brand_new").outcome, CaptureOutcome::stored);
  const Answer refused = roll_out({{"version", 3}, {"everyone", true}});
  EXPECT_EQ(refused.status, 422);
  EXPECT_EQ(refused.code(), "in_use");
  EXPECT_EQ(refused.field(), "/categories");
  EXPECT_EQ(version_in_force(), 2);
  EXPECT_EQ(version_at(hamburg), 3);
}

TEST_P(SettingsRollout, ANewerVersionForEverybodyEndsIt) {
  publish_document(with_category("brand_new"), {{"stores", {"S001"}}});
  EXPECT_EQ(publish_document(with_category("brand_new").patch(json::array({put("/name", "Südmarkt")}))), 3);
  EXPECT_EQ(version_at(hamburg), 3);
  EXPECT_EQ(version_at(berlin), 3);
  EXPECT_EQ(roll_out({{"version", 2}, {"everyone", true}}).code(), "not_staged");
}

TEST_P(SettingsRollout, SeveralVersionsMayBeTriedAtOnceAndEachStoreHasTheNewestOfItsOwn) {
  publish_document(with_category("one"), {{"stores", {"S001", "S004"}}});
  publish_document(with_category("two"), {{"stores", {"S004"}}});
  EXPECT_EQ(version_at(hamburg), 2);
  EXPECT_EQ(version_at(berlin), 3);
  EXPECT_EQ(roll_out({{"version", 2}, {"everyone", true}}).status, 200);
  EXPECT_EQ(version_at(hamburg), 2);
  EXPECT_EQ(version_at(berlin), 3);
}

TEST_P(SettingsRollout, CanSwitchCcmsOnWhereItIsOffForNow) {
  json off = json::parse(sample_settings());
  off["organisation"]["zones"][0]["ccms_enabled"] = false;
  ASSERT_EQ(publish_document(off), 2);
  ASSERT_EQ(publish_document(sample_with({put("/till/retention_days", 14)}), {{"stores", {"S001"}}}), 3);
  EXPECT_EQ(server.send(hamburg.request("GET", "/api/v1/sync/changes?cursor=0")).status, 200);
  EXPECT_EQ(server.send(berlin.request("GET", "/api/v1/sync/changes?cursor=0")).status, 403);
}

TEST_P(SettingsRollout, OutlivesTheServersProcess) {
  publish_document(with_category("brand_new"), {{"stores", {"S001"}}});
  server.restart();
  EXPECT_EQ(version_at(hamburg), 2);
  EXPECT_EQ(version_at(berlin), 1);
}

TEST_P(SettingsRollout, PublishedChangedRetiredAndRolledBackWhileTicketsOfTheOldVersionComeIn) {
  ASSERT_EQ(publish_document(with_category("brand_new")), 2);
  EXPECT_EQ(send_ticket(hamburg, 1, "other").outcome, CaptureOutcome::stored);
  EXPECT_EQ(send_ticket(hamburg, 2, "brand_new").outcome, CaptureOutcome::stored);

  json retired = with_category("brand_new");
  retired["categories"].back()["retired"] = true;
  retired["departments"][1]["retired"] = true;
  retired["routing"]["rules"][3]["department"] = "customer_care";
  retired["routing"]["rules"][4]["department"] = "customer_care";
  retired["routing"]["rules"][10]["department"] = "customer_care";
  ASSERT_EQ(publish_document(retired), 3) << publish().response.body;
  EXPECT_EQ(send_ticket(berlin, 2, "brand_new").outcome, CaptureOutcome::stored)
      << "made before it was retired";
  EXPECT_EQ(send_ticket(berlin, 1, "defective").outcome, CaptureOutcome::stored);
  EXPECT_EQ(send_ticket(berlin, 3, "brand_new").outcome, CaptureOutcome::rejected) << "made afterwards";

  EXPECT_EQ(roll_back(1).code(), "in_use") << "tickets are about what it does not know";
  EXPECT_EQ(number_in(roll_back(2)), 4);
  EXPECT_EQ(version_at(hamburg), 4);
  EXPECT_EQ(send_ticket(hamburg, 3, "other").outcome, CaptureOutcome::stored);
  EXPECT_EQ(send_ticket(hamburg, 4, "brand_new").outcome, CaptureOutcome::stored);
  EXPECT_EQ(server.count("SELECT COUNT(*) AS n FROM tickets"), 6);
  EXPECT_EQ(server.get(hq, "/api/v1/tickets").json["tickets"].size(), 6U);
}

CCMS_SETTINGS_LIFE(SettingsRollout);

}  // namespace
}  // namespace ccms::test
