#include "core/db/transaction.h"
#include "core/domain/time.h"
#include "server/store/audit_log.h"
#include "tests/server/staff/people_chain.h"

namespace ccms::test {
namespace {

using nlohmann::json;

class AuditTest : public PeopleChain {
 protected:
  Answer save_draft(const std::string& name) {
    json document = json::parse(sample_settings());
    document["name"] = name;
    return server.call(server.hq(), "PUT", "/api/v1/settings/draft", document.dump());
  }

  void note(const std::string& actor, const std::string& action, const std::string& subject) {
    db::with_transaction(server.database(), [&](db::Connection& connection) {
      server::append_audit(connection, {{"staff", actor, actor, "http"}, action, "user", subject, {}},
                           server.clock().now());
    });
  }

  std::vector<std::string> actions(const std::string& query = "") {
    std::vector<std::string> found;
    for (const json& entry : audit(query)) found.push_back(entry["action"]);
    return found;
  }
};

using Words = std::vector<std::string>;

TEST_P(AuditTest, TheLifeOfTheSettingsIsWrittenDownWithWhoAndWhat) {
  ASSERT_EQ(save_draft("Next").status, 201);
  ASSERT_EQ(server
                .post(server.hq(), "/api/v1/settings/draft/publish", {{"note", "why"}, {"areas", {"berlin"}}},
                      {{"If-Match", "*"}})
                .status,
            201);
  ASSERT_EQ(server.call(server.hq(), "DELETE", "/api/v1/settings/rollouts/3").status, 204);
  ASSERT_EQ(
      server.post(server.hq(), "/api/v1/settings/rollouts", {{"version", 3}, {"everyone", true}}).status,
      200);
  ASSERT_EQ(server.post(server.hq(), "/api/v1/settings/rollback", {{"to", 1}}).status, 201);
  ASSERT_EQ(save_draft("Other").status, 201);
  ASSERT_EQ(
      server.call(server.hq(), "DELETE", "/api/v1/settings/draft", std::nullopt, {{"If-Match", "*"}}).status,
      204);

  EXPECT_EQ(actions(), (Words{"settings.draft_discarded", "settings.draft_saved", "settings.rolled_back",
                              "settings.rolled_out", "settings.rollout_ended", "settings.published",
                              "settings.draft_saved"}));
  const json published = audit("?action=settings.published")[0];
  EXPECT_EQ(published["subject"], (json{{"kind", "settings"}, {"id", "3"}}));
  EXPECT_EQ(published["details"], (json{{"everyone", false}, {"note", "why"}, {"areas", {"berlin"}}}));
  EXPECT_EQ(published["actor"],
            (json{{"kind", "staff"}, {"id", server.user_id_of("hq")}, {"name", "Name of hq"}}));
  EXPECT_EQ(published["via"], "http");
  EXPECT_EQ(published["at"], domain::format_rfc3339(server.clock().now()));
}

TEST_P(AuditTest, WhatIsRefusedOrChangesNothingIsNotWrittenDown) {
  EXPECT_EQ(server.post(server.hq(), "/api/v1/settings/draft/publish", json::object()).status, 404);
  EXPECT_EQ(server.post(server.hq(), "/api/v1/settings/rollback", {{"to", 99}}).status, 422);
  const std::string mia = member("mia", {{"store_manager", "S001"}});
  EXPECT_EQ(patch(server.hq(), mia, {{"roles", {{{"role", "emperor"}}}}}).status, 422);
  EXPECT_EQ(patch(server.hq(), mia, {{"name", "Name of mia"}}).status, 200);
  EXPECT_EQ(audit(), json::array());
}

TEST_P(AuditTest, TheListIsFilteredAndPagedNewestFirst) {
  for (const char* subject : {"one", "two", "three"}) {
    note("anna", "user.changed", subject);
    server.clock().advance(std::chrono::hours(1));
  }
  const auto later = domain::format_rfc3339(server.clock().now());
  note("ben", "user.removed", "one");

  EXPECT_EQ(actions("?actor=ben"), Words{"user.removed"});
  EXPECT_EQ(actions("?subject=one"), (Words{"user.removed", "user.changed"}));
  EXPECT_EQ(actions("?action=user.changed&action=user.removed").size(), 4U);
  EXPECT_EQ(actions("?action=user.change").size(), 0U) << "an action is named whole";
  EXPECT_EQ(actions("?from=" + later), Words{"user.removed"});
  EXPECT_EQ(actions("?to=" + later).size(), 3U);

  std::vector<std::string> subjects;
  std::string cursor;
  do {
    const Answer page =
        server.get(server.hq(), "/api/v1/audit?limit=2" + (cursor.empty() ? "" : "&cursor=" + cursor));
    for (const json& entry : page.json["entries"]) subjects.push_back(entry["subject"]["id"]);
    cursor = page.json.value("next_cursor", "");
  } while (!cursor.empty());
  EXPECT_EQ(subjects, (Words{"one", "three", "two", "one"}));

  for (const char* bad : {"?limit=0", "?limit=501", "?from=yesterday", "?to=2026-11-27", "?cursor=x"})
    EXPECT_EQ(server.get(server.hq(), std::string("/api/v1/audit") + bad).code(), "bad_value") << bad;
}

TEST_P(AuditTest, OnlyWhoMayIsShownIt) {
  EXPECT_EQ(server.get(office(), "/api/v1/audit").status, 200);
  EXPECT_EQ(server.get(lead_of("hamburg"), "/api/v1/audit").status, 403);
  EXPECT_EQ(server.get({}, "/api/v1/audit").status, 401);
  for (const char* method : {"POST", "PUT", "PATCH", "DELETE"})
    EXPECT_EQ(server.call(server.hq(), method, "/api/v1/audit").status, 405) << method;
}

TEST_P(AuditTest, AChangeThatIsRolledBackLeavesNoEntry) {
  const std::string mia = member("mia", {{"store_manager", "S001"}});
  EXPECT_THROW(db::with_transaction(server.database(),
                                    [&](db::Connection& connection) {
                                      server::append_audit(
                                          connection,
                                          {{"staff", "a", "A", "http"}, "user.changed", "user", mia, {}},
                                          server.clock().now());
                                      throw std::runtime_error("no");
                                    }),
               std::runtime_error);
  EXPECT_EQ(audit(), json::array());
}

INSTANTIATE_TEST_SUITE_P(Databases, AuditTest, testing::Values(Backend::sqlite, Backend::mariadb),
                         backend_name);

}  // namespace
}  // namespace ccms::test
