// The settings move on while three tills are away with tickets of the old ones: a whole server and three
// whole tills, without a socket between them.
#include <algorithm>
#include <array>

#include "plugin/app/create_ticket.h"
#include "plugin/app/enrol.h"
#include "plugin/app/new_id.h"
#include "plugin/app/status.h"
#include "tests/e2e/whole_server_api.h"
#include "tests/plugin/till_fixture.h"
#include "tests/server/settings/settings_life.h"

namespace ccms::test {
namespace {

using namespace std::chrono_literals;

/// One till of a store, enrolled, with the settings of that day.
struct RemoteTill {
  RemoteTill(StaffServer& server, const FakeClock& clock, const std::string& store)
      : api(server), run(folder.path(), host, clock, api, 1, store) {
    ok(plugin::app::enrol(run.till, Json{{"code", server.enrolment_code(store, store + "-T1")}}.dump()));
    run.engine.run_once();
  }

  std::int64_t version() { return ok(plugin::app::status(run.till, "{}")).at("settings_version"); }
  std::int64_t unsent() { return ok(plugin::app::status(run.till, "{}")).at("queue_depth"); }

  TempFolder folder;
  FakeHost host;
  WholeServerApi api;
  TillRun run;
};

class RolloutStory : public SettingsLife {
 protected:
  struct Made {
    std::string id;
    std::int64_t version;  ///< that the till had
    std::string category;
    json custom;
  };

  void pass(std::chrono::milliseconds time) {
    clock.advance(time);
    server.clock().advance(time);
  }

  domain::Result<std::string> try_create(RemoteTill& till, const std::string& category, const json& custom) {
    const Json patch{{"ticket", {{"category", category}, {"custom", Json::parse(custom.dump())}}}};
    return plugin::app::create_ticket(till.run.till,
                                      sample_request(plugin::app::new_uuid(clock.wall_now()), patch).dump());
  }

  void create(RemoteTill& till, const std::string& category, const json& custom) {
    const auto reply = ok(try_create(till, category, custom));
    made.push_back({reply.value("ticket_id", ""), till.version(), category, custom});
  }

  /// What the next version no longer takes: a longer serial number, an option, a department's category, a
  /// category.
  void create_what_version_two_refuses(RemoteTill& till) {
    create(till, "defective", {{"serial_number", kLongSerial}});
    create(till, "loyalty_points", {{"compensation_wish", "voucher"}});
    create(till, "store_condition", json::object());
  }

  void go_offline() {
    for (RemoteTill* till : all) {
      till->api.down = true;
      pass(6min);
      till->run.engine.run_once();  // it has noticed
    }
  }

  /// The answers to all that it sends first are lost, so that it sends again what the server has.
  void come_back(RemoteTill& till) {
    till.api.down = false;
    till.api.loses_answers = true;
    till.run.engine.run_once(true);
    till.api.loses_answers = false;
    pass(6min);
    till.run.engine.run_once(true);
    EXPECT_EQ(till.unsent(), 0) << ok(plugin::app::status(till.run.till, "{}"));
  }

  static json version_two() {
    json next = sample_with({put("/departments/5/retired", true), put("/categories/7/retired", true),
                             put("/fields/0/max_length", 10), put("/fields/2/options/1/retired", true),
                             put("/fields/-", {{"id", "handed_in"},
                                               {"type", "yes_no"},
                                               {"label", {{"en", "Handed in"}, {"de", "Abgegeben"}}},
                                               {"required", true},
                                               {"shown_at", {"till", "console"}}})});
    for (json& rule : next["routing"]["rules"])
      if (rule["department"] == "loyalty") rule["department"] = "customer_care";
    return next;
  }
  /// Version 2 and one more option, for a trial.
  static json version_three() {
    const json option = {{"id", "store_credit"}, {"label", {{"en", "Credit"}, {"de", "Guthaben"}}}};
    return version_two().patch(json::array({put("/fields/2/options/-", option)}));
  }

  json at_the_server(const Made& ticket) {
    return server.get(hq, "/api/v1/tickets/" + ticket.id).json.value("ticket", json::object());
  }
  std::string department_of(const Made& ticket) { return at_the_server(ticket).value("department", ""); }

  void expect_each_ticket_once_as_it_was_made() {
    EXPECT_EQ(server.count("SELECT COUNT(*) AS n FROM tickets"), static_cast<std::int64_t>(made.size()));
    for (const Made& ticket : made) {
      const json stored = at_the_server(ticket);
      EXPECT_EQ(stored.value("settings_version", 0), ticket.version) << stored;
      EXPECT_EQ(stored.value("category", ""), ticket.category);
      EXPECT_EQ(stored.value("custom", json()), ticket.custom);
    }
  }

  /// The label that the console shows for an option of compensation_wish.
  json option_in_the_console(const std::string& id) {
    const json meta = server.get(hq, "/api/v1/meta").json;
    for (const json& field : meta["fields"]) {
      if (field["id"] != "compensation_wish") continue;
      for (const json& option : field["options"])
        if (option["id"] == id) return option;
    }
    return nullptr;
  }

  /// Everything that happens while the tills are away; they come back in this order.
  void tell(const std::array<std::size_t, 3>& order) {
    go_offline();
    for (RemoteTill* till : all) create_what_version_two_refuses(*till);
    ASSERT_EQ(publish_document(version_two()), 2);
    ASSERT_EQ(publish_document(version_three(), {{"areas", {"berlin"}}}), 3);

    come_back(berlin);
    EXPECT_EQ(berlin.version(), 3) << "its store tries it";
    berlin.api.down = true;
    create(berlin, "defective", {{"handed_in", true}, {"compensation_wish", "store_credit"}});
    create(hamburg, "defective", {{"serial_number", kLongSerial}, {"compensation_wish", "voucher"}});

    ASSERT_EQ(number_in(roll_back(1)), 4);
    create(munich, "loyalty_points", {{"compensation_wish", "voucher"}});
    for (const std::size_t next : order) come_back(*all.at(next));
  }

  static constexpr const char* kLongSerial = "SN-0123456789-ABCDEF";

  /// The tills enrol by the server's time.
  struct SameTime : FakeClock {
    explicit SameTime(server::Instant now) { set_wall(now); }
  };
  SameTime clock{server.clock().now()};
  RemoteTill hamburg{server, clock, "S001"};
  RemoteTill berlin{server, clock, "S004"};
  RemoteTill munich{server, clock, "S006"};
  const std::array<RemoteTill*, 3> all{&hamburg, &berlin, &munich};
  std::vector<Made> made;
};

TEST_P(RolloutStory, every_ticket_is_taken_once_as_it_was_made_and_the_tills_end_with_the_version_in_force) {
  tell({0, 1, 2});
  EXPECT_EQ(made.size(), 12U);
  expect_each_ticket_once_as_it_was_made();
  for (RemoteTill* till : all) EXPECT_EQ(till->version(), 4);
}

TEST_P(RolloutStory, the_order_in_which_tills_come_back_changes_nothing) {
  tell({2, 1, 0});
  expect_each_ticket_once_as_it_was_made();
  for (RemoteTill* till : all) {
    EXPECT_EQ(till->version(), 4);
    create_what_version_two_refuses(*till);  // what was rolled back holds again
    come_back(*till);
  }
  EXPECT_EQ(made.size(), 21U);
  expect_each_ticket_once_as_it_was_made();
}

TEST_P(RolloutStory, tickets_for_a_retired_department_go_where_the_version_in_force_sends_them) {
  go_offline();
  create(hamburg, "loyalty_points", json::object());
  create(munich, "loyalty_points", json::object());
  ASSERT_EQ(publish_document(version_two()), 2);
  come_back(hamburg);
  EXPECT_EQ(department_of(made[0]), "customer_care");
  ASSERT_EQ(number_in(roll_back(1)), 3);
  come_back(munich);
  EXPECT_EQ(department_of(made[1]), "loyalty");
  EXPECT_EQ(department_of(made[0]), "customer_care") << "going back sends nothing about";
}

TEST_P(RolloutStory, what_was_retired_stays_readable_and_is_no_longer_taken) {
  go_offline();
  create(hamburg, "loyalty_points", {{"compensation_wish", "voucher"}});
  ASSERT_EQ(publish_document(version_two()), 2);
  come_back(hamburg);
  expect_each_ticket_once_as_it_was_made();
  const json option = option_in_the_console("voucher");
  ASSERT_TRUE(option.is_object());
  EXPECT_EQ(option["label"]["en"], "Voucher");
  EXPECT_EQ(option["retired"], true);

  const auto retired_option =
      try_create(hamburg, "defective", {{"handed_in", true}, {"compensation_wish", "voucher"}});
  EXPECT_EQ(error_of(retired_option).field, "/ticket/custom/compensation_wish");
  EXPECT_EQ(error_of(try_create(hamburg, "defective", json::object())).field, "/ticket/custom/handed_in");
}

TEST_P(RolloutStory, a_refused_document_leaves_the_old_version_in_force_at_server_and_till) {
  const std::vector<std::pair<json, std::string>> mistakes = {
      {sample_with({put("/fields/4/min", 1000)}), "/fields/4/min"},
      {sample_with({put("/routing/fallback/department", "nobody")}), "/routing/fallback/department"},
      {sample_with({put("/turn_around_times/2/id", "urgent")}), "/turn_around_times/2/id"},
      {sample_with({put("/escalation/ladders/0/turn_around_times/0", "wishful")}),
       "/escalation/ladders/0/turn_around_times/0"},
      {sample_with({put("/regions/0/seasons/0/from", "02-30")}), "/regions/0/seasons/0/from"},
      {sample_with({put("/notifications/rules/0/template", "letter")}), "/notifications/rules/0/template"},
      {sample_with({put("/organisation/stores/0/area", "bremen")}), "/organisation/stores/0/area"},
      {sample_with({put("/search_filters/till/-", "shoe_size")}), "/search_filters/till/7"},
      {sample_with({put("/till/retention_days", 0)}), "/till/retention_days"}};
  for (const auto& [document, path] : mistakes) {
    save(document.dump());
    const Answer refused = publish();
    EXPECT_EQ(refused.status, 422) << path;
    EXPECT_EQ(refused.field(), path) << refused.response.body;
    EXPECT_EQ(version_in_force(), 1);
  }
  EXPECT_EQ(stored_versions(), 1);
  pass(6min);
  hamburg.run.engine.run_once();
  EXPECT_EQ(hamburg.version(), 1);
}

CCMS_SETTINGS_LIFE(RolloutStory);

}  // namespace
}  // namespace ccms::test
