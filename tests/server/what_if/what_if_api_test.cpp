#include <gmock/gmock.h>

#include "server/settings/version_table.h"
#include "tests/server/support/staff_server.h"

namespace ccms::test {
namespace {

using nlohmann::json;
using testing::ElementsAre;

class WhatIfApi : public OnBothDatabases {
 protected:
  Answer simulate(const json& changes = json::object()) {
    json wish = {{"store", "S001"}, {"at", "2026-11-27T17:50"}, {"category", "other"}};
    wish.update(changes);
    return server.post(hq, "/api/v1/settings/simulations", wish);
  }
  Answer replay(const json& wish = json::object()) {
    return server.post(hq, "/api/v1/settings/draft/replay", wish);
  }
  void save_draft(const std::string& document) {
    ASSERT_EQ(server.call(hq, "PUT", "/api/v1/settings/draft", document).status, 201);
  }
  /// The sample chain, in which everything that no rule is about goes to the people of the stores.
  static std::string other_fallback() {
    json document = json::parse(sample_settings());
    document["routing"]["fallback"]["department"] = "store_operations";
    return document.dump();
  }

  const Caller hq = server.hq();
};

TEST_P(WhatIfApi, TellsWhereATicketGoesWhoIsToldAndWhenItIsDue) {
  const Answer told = simulate();
  ASSERT_EQ(told.status, 200) << told.response.body;
  EXPECT_EQ(told.json["time_zone"], "Europe/Berlin");
  EXPECT_EQ(told.json["route"]["department"], "customer_care");
  EXPECT_EQ(told.json["route"]["rule"], "");
  std::vector<std::string> lines;
  for (const auto& happens : told.json["timeline"])
    lines.push_back(happens["local"].get<std::string>() + " " + happens["what"].get<std::string>());
  EXPECT_THAT(lines,
              ElementsAre("2026-11-27 17:50 opened", "2026-11-27 17:50 routed", "2026-11-27 17:50 notified",
                          "2026-11-27 17:50 notified", "2026-11-28 12:50 aim", "2026-11-28 13:00 deadline",
                          "2026-12-01 20:00 aim", "2026-12-02 19:27 escalated", "2026-12-03 20:00 deadline",
                          "2026-12-03 20:00 escalated", "2026-12-04 20:00 escalated"));
  const json& late = told.json["timeline"][9];
  EXPECT_EQ(late["at"], "2026-12-03T19:00:00.000Z");
  EXPECT_EQ(late["message_at"], "2026-12-04T06:00:00.000Z") << "after the quiet hours";
  EXPECT_EQ(late["roles"], (json{"department_staff", "store_manager"}));
  EXPECT_EQ(late["turn_around_time"], "standard");
}

TEST_P(WhatIfApi, FollowsRulesAboutWhateverARuleCanLookAt) {
  const std::vector<std::pair<json, json>> rules_and_tickets = {
      {{{"words", {"glass"}}}, {{"details", "There was glass in it."}}},
      {{{"language", {"de"}}}, {{"language", "de"}}},
      {{{"channel", {"email"}}}, {{"channel", "email"}}},
      {{{"verification", {"mismatch"}}}, {{"verification", "mismatch"}}},
      {{{"custom_range", {{"weight", {{"min", 5}}}}}}, {{"custom", {{"weight", 7}}}}}};
  for (const auto& [rule, ticket] : rules_and_tickets) {
    json document = json::parse(sample_settings());
    document["fields"].push_back({{"id", "weight"},
                                  {"type", "number"},
                                  {"label", {{"en", "Weight"}, {"de", "Gewicht"}}},
                                  {"shown_at", {"till", "console"}}});
    const json ours = {{"id", "ours"}, {"when", rule}, {"department", "store_operations"}};
    json& rules = document["routing"]["rules"];
    rules.insert(rules.begin(), ours);
    server.publish(document.dump());
    server.restart();
    const Answer told = simulate(ticket);
    ASSERT_EQ(told.status, 200) << told.response.body;
    EXPECT_EQ(told.json["route"]["rule"], "ours") << rule;
    EXPECT_NE(simulate().json["route"]["rule"], "ours") << rule;
  }
}

TEST_P(WhatIfApi, NamesWhatIsWrongWithTheTicket) {
  const auto refused = [&](const json& wish) {
    const Answer answer = simulate(wish);
    EXPECT_EQ(answer.status, 422) << wish;
    return answer.code() + " " + answer.field();
  };
  EXPECT_EQ(refused({{"kind", "wish"}}), "unknown_value /kind");
  EXPECT_EQ(refused({{"language", "fr"}}), "unknown_value /language");
  EXPECT_EQ(refused({{"channel", "fax"}}), "unknown_value /channel");
  EXPECT_EQ(refused({{"verification", "maybe"}}), "unknown_value /verification");
  EXPECT_EQ(refused({{"custom", {{"colour", "red"}}}}), "unknown_value /custom/colour");
  EXPECT_EQ(refused({{"custom", "red"}}), "bad_value /custom");
  EXPECT_EQ(refused({{"custom", {{"purchase_date", 7}}}}), "wrong_type /custom/purchase_date");
  EXPECT_EQ(refused({{"custom", {{"compensation_wish", "moon"}}}}),
            "unknown_option /custom/compensation_wish");
}

TEST_P(WhatIfApi, TellsWhatTheWorkflowDoesByItself) {
  json document = json::parse(sample_settings());
  document["workflows"][0]["transitions"].push_back(
      {{"id", "give_up"},
       {"action", "close"},
       {"label", {{"en", "Give up"}, {"de", "Aufgeben"}}},
       {"from", {"open"}},
       {"to", "closed"},
       {"after", {{"unit", "minutes"}, {"amount", 60}}},
       {"requires", {"resolution_code", "note"}},
       {"defaults", {{"resolution_code", "refunded"}, {"note", "Nobody looked at it."}}}});
  server.publish(document.dump());
  server.restart();
  const Answer told = simulate();
  const json& timeline = told.json["timeline"];
  const auto moved = std::find_if(timeline.begin(), timeline.end(),
                                  [](const json& entry) { return entry["what"] == "moved"; });
  ASSERT_NE(moved, timeline.end()) << told.response.body;
  EXPECT_EQ((*moved)["local"], "2026-11-27 18:50");
  EXPECT_EQ((*moved)["transition"], "give_up");
  EXPECT_EQ((*moved)["state"], "closed");
  EXPECT_EQ((*moved)["text"], "by itself: Give up, now Closed");
  const json& after = *std::next(moved);
  EXPECT_EQ(after["what"], "notified");
  EXPECT_EQ(after["to"], "customer");
}

TEST_P(WhatIfApi, SaysThatATicketWaitsToBeVerified) {
  json document = json::parse(sample_settings());
  document["workflows"][0]["verification"] = "before_allocation";
  server.publish(document.dump());
  server.restart();
  const Answer told = simulate({{"verification", "mismatch"}});
  ASSERT_EQ(told.status, 200) << told.response.body;
  const json& waits = told.json["timeline"][1];
  EXPECT_EQ(waits["what"], "waits");
  EXPECT_EQ(waits["text"], "waits to be verified, then goes to Customer care, priority Medium");
  for (const json& entry : told.json["timeline"]) EXPECT_NE(entry.value("to", ""), "department");
}

TEST_P(WhatIfApi, TriesTheDraftOrAnyVersion) {
  EXPECT_EQ(simulate({{"draft", true}}).status, 404);
  EXPECT_EQ(simulate({{"draft", true}}).field(), "/draft");
  EXPECT_EQ(simulate({{"version", 9}}).status, 404);
  EXPECT_EQ(simulate({{"version", 9}}).field(), "/version");
  save_draft(other_fallback());
  EXPECT_EQ(simulate({{"draft", true}}).json["route"]["department"], "store_operations");
  EXPECT_EQ(simulate({{"version", 1}}).json["route"]["department"], "customer_care");
  EXPECT_EQ(simulate({{"version", 1}, {"draft", true}}).field(), "/draft");
}

TEST_P(WhatIfApi, TriesWhatAnEarlierProgramPublishedAsItIs) {
  json document = json::parse(sample_settings());
  const json alert = {{"at_percent", 80}, {"emails", {"lead@nordmarkt.example"}}, {"template", "late"}};
  document["role_times"] = {{{"role", "department_staff"},
                             {"response", {{"unit", "hours"}, {"amount", 1}}},
                             {"alerts", {alert, alert}}}};
  const auto now = server.clock().now();
  server::VersionTable(*server.database().writer())
      .insert({2, "", now, "test", "", now, {}}, document.dump());
  EXPECT_EQ(simulate().status, 200);
  save_draft(sample_settings());
  EXPECT_EQ(replay().status, 200);
}

TEST_P(WhatIfApi, NamesTheFieldsThatAreWrong) {
  const std::pair<const char*, json> wrong[] = {
      {"/store", "S999"},     {"/store", ""},           {"/at", "Friday"}, {"/at", "1999-11-27T17:50"},
      {"/category", "moods"}, {"/priority", "at once"}, {"/kind", "war"},  {"/department", "kitchen"},
      {"/amount", -1},        {"/version", "1"},        {"/colour", "red"}};
  for (const auto& [field, value] : wrong) {
    const Answer refused = simulate({{field + 1, value}});
    EXPECT_EQ(refused.status, 422) << field << value;
    EXPECT_EQ(refused.field(), field) << refused.response.body;
  }
  for (const auto& last : {json(0), json(5001), json("all")}) {
    const Answer refused = replay({{"last", last}});
    EXPECT_EQ(refused.status, 422) << last;
    EXPECT_EQ(refused.field(), "/last");
  }
}

TEST_P(WhatIfApi, ADraftThatCannotBeReadSaysWhatIsWrongWithIt) {
  EXPECT_EQ(replay().status, 404);
  save_draft(R"({"format": "ccms-settings/1"})");
  for (const Answer& refused : {simulate({{"draft", true}}), replay()}) {
    EXPECT_EQ(refused.status, 422);
    EXPECT_FALSE(refused.json["errors"].empty()) << refused.response.body;
  }
}

TEST_P(WhatIfApi, IsForHeadquarters) {
  for (const auto& caller : {server.staff_of("repairs"), server.manager_of("S001")}) {
    for (const char* path : {"/api/v1/settings/simulations", "/api/v1/settings/draft/replay"})
      EXPECT_EQ(server.post(caller, path, json::object()).status, 403) << path;
  }
}

INSTANTIATE_TEST_SUITE_P(Databases, WhatIfApi, ::testing::Values(Backend::sqlite, Backend::mariadb),
                         backend_name);

}  // namespace
}  // namespace ccms::test
