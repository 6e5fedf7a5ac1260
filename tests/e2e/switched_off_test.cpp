// CCMS switched off for a store and on again: a whole server and a whole till, without a socket between them.
#include <gmock/gmock.h>

#include "plugin/app/create_ticket.h"
#include "plugin/app/enrol.h"
#include "plugin/app/new_id.h"
#include "plugin/app/status.h"
#include "tests/e2e/whole_server_api.h"
#include "tests/plugin/till_fixture.h"
#include "tests/server/support/server_under_test.h"

namespace ccms::test {
namespace {

using namespace std::chrono_literals;

class SwitchedOff : public ::testing::Test {
 protected:
  SwitchedOff() {
    clock.set_wall(server.clock().now());
    ok(plugin::app::enrol(run.till, Json{{"code", server.enrolment_code("S001", "S001-T1")}}.dump()));
    run.engine.run_once();
  }

  void switch_store(bool on) {
    auto document = Json::parse(sample_settings());
    document["organisation"]["stores"][0]["ccms_enabled"] = on;
    server.publish(document.dump());
    server.restart();
  }

  /// Both clocks together.
  void pass(std::chrono::milliseconds time) {
    clock.advance(time);
    server.clock().advance(time);
  }

  /// As long as a till may take to hear of new settings when nothing is wrong.
  void poll() {
    pass(kPoll);
    run.engine.run_once();
  }

  domain::Result<std::string> create() {
    return plugin::app::create_ticket(
        run.till, sample_request(plugin::app::new_uuid(clock.wall_now()), Json::object()).dump());
  }

  Json status() { return ok(plugin::app::status(run.till, "{}")); }
  std::int64_t tickets_at_the_server() { return server.count("SELECT COUNT(*) AS n FROM tickets"); }

  static constexpr auto kPoll = 6min;

  TempFolder folder;
  ServerUnderTest server{Backend::sqlite};
  WholeServerApi api{server};
  FakeClock clock;
  FakeHost host;
  TillRun run{folder.path(), host, clock, api};
};

TEST_F(SwitchedOff, a_till_learns_of_it_and_gives_out_no_more_codes) {
  ASSERT_TRUE(create());
  switch_store(false);
  poll();
  const auto refused = create();
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, "refused");
  EXPECT_EQ(status().at("network"), "online") << "nothing is wrong with the way to the server";
  EXPECT_EQ(status().at("settings_version"), 2);
}

TEST_F(SwitchedOff, what_was_promised_before_is_taken) {
  api.down = true;
  ASSERT_TRUE(create());
  ASSERT_TRUE(create());
  switch_store(false);
  api.down = false;
  run.engine.run_once(true);
  EXPECT_EQ(status().at("queue_depth"), 0);
  EXPECT_EQ(tickets_at_the_server(), 2);
}

TEST_F(SwitchedOff, switched_on_again_it_goes_on_with_the_next_poll) {
  switch_store(false);
  poll();
  ASSERT_FALSE(create());
  switch_store(true);
  poll();
  ASSERT_TRUE(create());
  run.engine.run_once();
  EXPECT_EQ(status().at("queue_depth"), 0);
  EXPECT_EQ(tickets_at_the_server(), 1);
}

TEST_F(SwitchedOff, a_store_is_told_nothing_of_tickets_meanwhile) {
  switch_store(false);
  poll();
  EXPECT_EQ(status().at("network"), "online");
  EXPECT_THAT(host.messages(), ::testing::Each(::testing::Not(::testing::HasSubstr("sync paused"))));
}

}  // namespace
}  // namespace ccms::test
