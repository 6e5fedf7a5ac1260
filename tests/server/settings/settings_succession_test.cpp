#include "tests/server/settings/settings_life.h"
#include "tests/server/support/roles_in_settings.h"

namespace ccms::test {
namespace {

/// What a publication must not do to people and open tickets.
class SettingsSuccession : public SettingsLife {
 protected:
  /// The sample chain with the standard roles written out, and one for areas.
  static json with_roles() {
    json document = json::parse(sample_settings());
    const json work = {"tickets.view", "tickets.create", "tickets.comment"};
    json all = work;
    for (const char* more : {"settings.view", "settings.edit", "settings.publish", "people.view",
                             "people.invite", "people.change", "people.remove", "audit.view"})
      all.push_back(more);
    document["roles"] = {role_json("department_staff", "department", work),
                         role_json("store_manager", "store", work), role_json("hq", "chain", all),
                         role_json("inspector", "area", work)};
    return document;
  }

  /// The sample chain without any step out of `open`, where all of its tickets begin; another workflow goes
  /// on using the state.
  static json without_a_way_out_of_open() {
    json next = json::parse(sample_settings());
    auto& workflows = next["workflows"];
    workflows.insert(workflows.begin(), workflows[0]);
    workflows[0]["id"] = "tasks";
    workflows[0]["when"] = {{"kinds", {"task"}}};
    for (json& step : workflows[1]["transitions"]) {
      json from = json::array();
      for (const json& state : step["from"]) {
        if (state != "open" || !step.contains("to")) from.push_back(state);
      }
      step["from"] = from.empty() ? json::array({"in_progress"}) : from;
    }
    workflows[1]["initial"] = "in_progress";
    return next;
  }
};

TEST_P(SettingsSuccession, ARoleThatPeopleHoldKeepsItsScope) {
  ASSERT_EQ(publish_document(with_roles()), 2);
  server.sign_in_as("inspector", {{"inspector", "hamburg"}});
  json wider = with_roles();
  wider["roles"][3]["scope"] = "chain";
  save(wider.dump());
  const Answer refused = publish();
  EXPECT_EQ(refused.code(), "in_use") << refused.response.body;
  EXPECT_EQ(refused.field(), "/roles/3/scope");
}

TEST_P(SettingsSuccession, ARoleThatPeopleHoldStays) {
  ASSERT_EQ(publish_document(with_roles()), 2);
  json without = with_roles();
  without["roles"].erase(3);
  save(without.dump());
  server.sign_in_as("inspector", {{"inspector", "hamburg"}});
  const Answer refused = publish();
  EXPECT_EQ(refused.code(), "in_use") << refused.response.body;
  EXPECT_EQ(refused.field(), "/roles");
  EXPECT_EQ(refused.json["errors"][0]["value"], "\"inspector\"");
}

TEST_P(SettingsSuccession, WhatPeopleHoldTheirRolesForStays) {
  ASSERT_EQ(publish_document(with_roles()), 2);
  server.sign_in_as("inspector", {{"inspector", "hamburg"}});
  json renamed = with_roles();
  for (json& area : renamed["organisation"]["areas"]) {
    if (area["id"] == "hamburg") area["id"] = "the_north";
  }
  for (json& store : renamed["organisation"]["stores"]) {
    if (store["area"] == "hamburg") store["area"] = "the_north";
  }
  save(renamed.dump());
  const Answer refused = publish();
  EXPECT_EQ(refused.code(), "in_use") << refused.response.body;
  EXPECT_EQ(refused.field(), "/organisation");
  EXPECT_EQ(refused.json["errors"][0]["value"], "\"hamburg\"");
}

TEST_P(SettingsSuccession, NobodyGivesThemselvesMoreByPublishing) {
  json document = with_roles();
  document["roles"].push_back(
      role_json("editor", "chain", {"settings.view", "settings.edit", "settings.publish"}));
  ASSERT_EQ(publish_document(document), 2);
  const Caller editor = server.sign_in_as("editor", {{"editor", ""}});
  document["roles"].back()["permissions"].push_back("tickets.confidential");
  document["roles"].push_back(role_json("newcomer", "chain", {"tickets.view"}));
  ASSERT_LT(server.call(editor, "PUT", "/api/v1/settings/draft", document.dump()).status, 300);
  const Headers seen{{"If-Match", "*"}};
  const Answer refused = server.post(editor, "/api/v1/settings/draft/publish", json::object(), seen);
  EXPECT_EQ(refused.status, 422);
  EXPECT_EQ(refused.code(), "beyond_own_permissions") << refused.response.body;
  EXPECT_EQ(refused.field(), "/roles/4/permissions");
  document["roles"].erase(4);
  document["roles"].push_back(
      role_json("editor", "chain", {"settings.view", "settings.edit", "settings.publish"}));
  ASSERT_LT(server.call(editor, "PUT", "/api/v1/settings/draft", document.dump(), seen).status, 300);
  EXPECT_EQ(server.post(editor, "/api/v1/settings/draft/publish", json::object(), seen).status, 201)
      << "a role that nobody holds yet gives nobody anything";
}

TEST_P(SettingsSuccession, ARoleThatNobodyHoldsCanGo) {
  ASSERT_EQ(publish_document(with_roles()), 2);
  json without = with_roles();
  without["roles"].erase(3);
  EXPECT_EQ(publish_document(without), 3);
}

TEST_P(SettingsSuccession, SomebodyIsLeftWhoMayPublishAndChangePeople) {
  ASSERT_EQ(publish_document(with_roles()), 2);
  json locked = with_roles();
  locked["roles"].push_back(locked["roles"][2]);
  locked["roles"].back()["id"] = "board";  // may everything, and nobody holds it
  locked["roles"][2]["permissions"] = {"tickets.view", "settings.view", "settings.edit"};
  save(locked.dump());
  const Answer refused = publish();
  EXPECT_EQ(refused.code(), "locked_out") << refused.response.body;
}

TEST_P(SettingsSuccession, OpenTicketsKeepAWayOutOfTheirState) {
  server.create_ticket(StaffServer::ticket_request());
  server.create_ticket(StaffServer::ticket_request());
  save(without_a_way_out_of_open().dump());
  const Answer refused = publish();
  EXPECT_EQ(refused.code(), "in_use") << refused.response.body;
  EXPECT_EQ(refused.field(), "/workflows/1/transitions");
  EXPECT_NE(refused.response.body.find("2 open tickets"), std::string::npos);
}

TEST_P(SettingsSuccession, AMergedTicketKeepsAWayOutForWhenTheMergeIsUndone) {
  const json mistaken = server.create_ticket(StaffServer::ticket_request());
  const json other = server.create_ticket(StaffServer::ticket_request());
  const auto post = [&](const json& ticket, const std::string& part, const json& wish) {
    return server.post(hq, "/api/v1/tickets/" + ticket["ticket_id"].get<std::string>() + part, wish).status;
  };
  ASSERT_EQ(post(other, "/actions", {{"action", "start"}}), 200);
  ASSERT_EQ(post(mistaken, "/merge",
                 {{"into", other["code"]}, {"note", "The same"}, {"accept_later_deadline", true}}),
            200);
  save(without_a_way_out_of_open().dump());
  const Answer refused = publish();
  EXPECT_EQ(refused.code(), "in_use") << refused.response.body;
  EXPECT_EQ(refused.field(), "/workflows/1/transitions");
  EXPECT_NE(refused.response.body.find("1 open tickets"), std::string::npos) << refused.response.body;

  ASSERT_EQ(
      post(other, "/actions", {{"action", "close"}, {"resolution_code", "refunded"}, {"note", "Paid back."}}),
      200);
  json renamed = json::parse(sample_settings());
  renamed["workflows"][0]["id"] = "another_process";
  save(renamed.dump());
  EXPECT_EQ(publish().field(), "/workflows") << "the merged ticket would go by it again";
}

TEST_P(SettingsSuccession, AProcessIsReplacedOnceItsTicketsAreFinished) {
  const std::string ticket = server.create_ticket(StaffServer::ticket_request())["ticket_id"];
  json next = json::parse(sample_settings());
  json finished;
  for (const json& state : next["states"]) {
    if (state["id"] == "closed") finished = state;
  }
  finished["id"] = "finished";
  next["states"].push_back(finished);
  json& flow = next["workflows"][0];
  flow["id"] = "new_process";
  for (json& step : flow["transitions"]) {
    if (step["action"] == "close") step["to"] = "finished";
    if (step["action"] == "reopen") step["from"] = {"finished", "rejected"};
  }
  save(next.dump());
  const Answer refused = publish();
  EXPECT_EQ(refused.code(), "in_use") << refused.response.body;
  EXPECT_EQ(refused.field(), "/workflows");

  const auto act = [&](const json& action) {
    return server.post(server.hq(), "/api/v1/tickets/" + ticket + "/actions", action).status;
  };
  ASSERT_EQ(act({{"action", "start"}}), 200);
  ASSERT_EQ(act({{"action", "close"}, {"resolution_code", "refunded"}, {"note", "Paid back."}}), 200);
  EXPECT_EQ(publish().status, 201) << "closed is a state that nothing leads to any more";
  const json after = server.get(server.hq(), "/api/v1/tickets/" + ticket).json["ticket"];
  EXPECT_EQ(after["state"]["id"], "closed");
  EXPECT_EQ(after["workflow"], "new_process");

  json without = next;
  without["states"] = json::array();
  for (const json& state : next["states"]) {
    if (state["id"] != "closed") without["states"].push_back(state);
  }
  save(without.dump());
  EXPECT_EQ(publish().field(), "/states") << "the ticket is in it";
}

TEST_P(SettingsSuccession, ASearchableFieldWithValuesKeepsItsType) {
  json request = StaffServer::ticket_request();
  request["ticket"]["custom"] = {{"supplier_reference", "X-1"}};
  server.create_ticket(request);
  json next = json::parse(sample_settings());
  for (json& field : next["fields"]) {
    if (field["id"] != "supplier_reference") continue;
    field["type"] = "number";
    field.erase("max_length");
  }
  save(next.dump());
  const Answer refused = publish();
  EXPECT_EQ(refused.code(), "in_use") << refused.response.body;
}

CCMS_SETTINGS_LIFE(SettingsSuccession);

}  // namespace
}  // namespace ccms::test
