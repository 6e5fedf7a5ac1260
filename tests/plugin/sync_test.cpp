// The till's reactions to everything that a server and a network can do: the table in the design, a row a
// test.
#include <gmock/gmock.h>

#include <random>

#include "core/crypto/digest.h"
#include "core/wire/capture.h"
#include "plugin/app/create_ticket.h"
#include "plugin/app/enrol.h"
#include "plugin/app/find_tickets.h"
#include "plugin/app/known_ticket.h"
#include "plugin/app/take_result.h"
#include "plugin/outbox/capture_table.h"
#include "plugin/outbox/meta_table.h"
#include "plugin/outbox/ticket_table.h"
#include "plugin/outbox/update_table.h"
#include "tests/plugin/till_fixture.h"
#include "tests/support/fake_server/sample_bundle.h"

namespace ccms::test {
namespace {

using namespace std::chrono_literals;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Key;
using ::testing::SizeIs;

class Sync : public TillTest {
 protected:
  Sync() {
    enrol();
    requests_before_ = static_cast<std::ptrdiff_t>(server.requests().size());
  }

  /// How many the till has made since its enrolment.
  std::size_t count_requests(const std::string& what) const {
    const auto made = server.requests();
    return static_cast<std::size_t>(std::count(made.begin() + requests_before_, made.end(), what));
  }

  wire::TicketUpdate update_of(const Json& ticket, std::int64_t version, bool ready_to_collect) {
    wire::TicketUpdate update;
    update.ticket_id = domain::TicketId(ticket.at("ticket_id").get<std::string>());
    update.code = domain::TicketCode::parse(ticket.at("code").get<std::string>()).value();
    update.version = version;
    update.state = {domain::StateId("ready"), domain::StateType::pending, {{"en", "Ready"}}};
    update.ready_to_collect = ready_to_collect;
    update.updated_at = clock.wall_now();
    update.verification = "verified";
    return update;
  }

  void poll() {
    clock.advance(10min);
    run->engine.run_once();
  }

  wire::HttpProblem problem(int http_status, const std::string& code) {
    wire::HttpProblem answer;
    answer.status = http_status;
    answer.code = code;
    answer.title = "as arranged: " + code;
    return answer;
  }

  /// The bytes of every capture in the journal, by event id.
  std::map<std::string, std::string> journal_bytes() {
    std::map<std::string, std::string> bytes;
    const auto connection = till().journal.lease();
    const auto rows = connection->query("SELECT event_id, body FROM captures");
    for (const auto row : rows) bytes[row.text(0)] = row.blob(1);
    return bytes;
  }

  std::string ticket_delivery(const Json& ticket) {
    return plugin::outbox::tickets::find(*till().journal.lease(), ticket.at("ticket_id").get<std::string>())
        ->delivery;
  }

 private:
  std::ptrdiff_t requests_before_ = 0;
};

constexpr const char* kPush = "POST /api/v1/sync/captures";

TEST_F(Sync, delivers_what_was_recorded_byte_for_byte) {
  const auto ticket = create();
  const auto recorded = journal_bytes();
  ASSERT_TRUE(drain());
  EXPECT_EQ(server.captures().at(ticket.at("event_id")).bytes, recorded.at(ticket.at("event_id")));
  EXPECT_EQ(ticket_delivery(ticket), "delivered");
  EXPECT_EQ(status().at("network"), "online");
  EXPECT_EQ(server.last_clock().boot_id, clock.boot_id());
}

TEST_F(Sync, a_lost_answer_is_a_duplicate_the_second_time) {
  create();
  api.faults = {Fault::lose_answer};
  ASSERT_TRUE(drain());
  EXPECT_EQ(server.duplicates(), 1U);
  EXPECT_THAT(server.captures(), SizeIs(1));
}

TEST_F(Sync, retries_for_ever_with_a_growing_pause_that_is_capped) {
  create();
  api.fallback = Fault::refuse;
  std::chrono::milliseconds longest = 0ms;
  for (int i = 0; i < 40; ++i) {
    const auto rest = run->engine.run_once();
    longest = std::max(longest, rest);
    EXPECT_LE(rest, 15min);
    clock.advance(rest);
  }
  EXPECT_GT(longest, 5min);
  EXPECT_EQ(status().at("network"), "offline");
  api.fallback = Fault::none;
  EXPECT_TRUE(drain());
}

TEST_F(Sync, leaves_the_server_alone_until_the_pause_is_over) {
  create();
  api.faults = {Fault::server_error};
  const auto rest = run->engine.run_once();
  ASSERT_GT(rest, 0ms);
  clock.advance(rest - 1ms);
  EXPECT_EQ(run->engine.run_once(), 1ms);
  EXPECT_EQ(count_requests(kPush), 1U);
  clock.advance(1ms);
  run->engine.run_once();
  EXPECT_EQ(count_requests(kPush), 2U);
  EXPECT_EQ(status().at("queue_depth"), 0);
}

TEST_F(Sync, the_hosts_news_of_a_network_ends_the_pause) {
  create();
  api.faults = {Fault::refuse};
  run->engine.run_once();
  run->engine.run_once(true);
  EXPECT_EQ(status().at("queue_depth"), 0);
}

TEST_F(Sync, keeps_the_pause_across_a_restart) {
  create();
  api.faults = {Fault::refuse};
  const auto rest = run->engine.run_once();
  ASSERT_GT(rest, 20ms);
  clock.advance(10ms);
  run->engine.save_pause();
  restart();
  EXPECT_EQ(run->engine.run_once(), rest - 10ms);
}

TEST_F(Sync, waits_as_long_as_the_server_asks) {
  create();
  api.faults = {Fault::too_many};
  EXPECT_GE(run->engine.run_once(), 7s);
}

TEST_F(Sync, a_wall_clock_set_back_does_not_prolong_the_pause) {
  create();
  api.faults = {Fault::refuse};
  const auto rest = run->engine.run_once();
  clock.set_wall(clock.wall_now() - std::chrono::days(3));
  EXPECT_EQ(run->engine.run_once(), rest);
}

TEST_F(Sync, some_proxys_page_is_no_answer) {
  create();
  api.faults = {Fault::garbage};
  run->engine.run_once();
  EXPECT_EQ(status().at("queue_depth"), 1);
  EXPECT_EQ(status().at("network"), "offline");
  EXPECT_TRUE(drain());
}

TEST_F(Sync, learns_the_offset_of_a_wrong_clock_and_tries_once_more) {
  create();
  server_ahead = 48h;
  run->engine.run_once();
  EXPECT_EQ(status().at("queue_depth"), 0);
  EXPECT_EQ(status().at("clock_offset_ms"), std::chrono::milliseconds(48h).count());
  EXPECT_EQ(count_requests(kPush), 2U);
  restart();
  EXPECT_EQ(status().at("clock_offset_ms"), std::chrono::milliseconds(48h).count())
      << "kept across a restart";
}

TEST_F(Sync, retries_a_skewed_clock_only_once) {
  create();
  auto skew = problem(401, "clock_skew");
  skew.server_time = clock.wall_now() + 1h;
  server.answer_always(skew);
  run->engine.run_once();
  EXPECT_EQ(count_requests(kPush), 2U);
  EXPECT_EQ(status().at("network"), "paused");
}

TEST_F(Sync, refused_authentication_and_versions_pause_the_queue_and_show_it) {
  create();
  for (const auto& [code, name] :
       {std::pair{401, "unknown_till"}, {403, "till_disabled"}, {426, "incompatible_wire"}}) {
    server.answer_always(problem(code, name));
    run->engine.run_once(true);
    EXPECT_EQ(status().at("network"), "paused") << name;
    EXPECT_THAT(status().at("paused_reason").get<std::string>(), HasSubstr(name));
    EXPECT_EQ(status().at("queue_depth"), 1);
  }
  server.answer_always(std::nullopt);
  EXPECT_TRUE(drain()) << "a queue that was mended at the server goes on by itself";
}

TEST_F(Sync, one_bad_item_blocks_no_other) {
  create({{"ticket", {{"details", "first"}}}});
  const auto bad = create({{"ticket", {{"details", "poison"}}}});
  create({{"ticket", {{"details", "third"}}}});
  server.reject("poison", {"bad_value", "the server does not like this", "/body/ticket/details"});
  run->engine.run_once();
  EXPECT_THAT(server.captures(), SizeIs(2));
  EXPECT_EQ(ticket_delivery(bad), "quarantined");
  const auto waiting = unsent();
  ASSERT_EQ(waiting.size(), 1U);
  EXPECT_EQ(waiting[0].at("state"), "quarantined");
  EXPECT_EQ(waiting[0].at("problem").at("field"), "/body/ticket/details");
  EXPECT_EQ(waiting[0].at("attempts"), 1);
  EXPECT_THAT(till().events.drain(), HasSubstr("rejected"));
}

TEST_F(Sync, what_has_changed_on_the_disk_is_put_aside_and_holds_up_no_other) {
  const auto other_bytes = create();
  const auto other_digest = create();
  const auto whole = create();
  const auto damage = [&](const char* sql, const Json& ticket) {
    till().journal.lease()->execute(sql, {ticket.at("event_id").get<std::string>()});
  };
  damage(
      "UPDATE captures SET body = CAST(replace(CAST(body AS TEXT), 'c1', 'c2') AS BLOB) WHERE event_id = ?",
      other_bytes);
  damage("UPDATE captures SET digest = zeroblob(32) WHERE event_id = ?", other_digest);
  run->engine.run_once();
  EXPECT_THAT(server.captures(), ElementsAre(Key(whole.at("event_id").get<std::string>())));
  EXPECT_EQ(status().at("network"), "online");
  for (const auto& ticket : {other_bytes, other_digest}) EXPECT_EQ(ticket_delivery(ticket), "quarantined");
  EXPECT_EQ(unsent().at(0).at("problem").at("code"), "damaged");

  act({{"action", "correct"},
       {"event_id", other_bytes.at("event_id")},
       {"clerk", {{"id", "c2"}, {"name", "Ben"}}}});
  ASSERT_TRUE(drain());
  EXPECT_EQ(ticket_delivery(other_bytes), "delivered");
  act(on(other_digest, "withdraw"));
  EXPECT_THAT(unsent(), ::testing::IsEmpty());
}

TEST_F(Sync, tells_how_often_an_unsent_event_was_tried) {
  enrol();
  create();
  EXPECT_EQ(unsent().at(0).at("attempts"), 0);
  api.fallback = Fault::refuse;
  for (int i = 0; i < 3; ++i) clock.advance(run->engine.run_once() + std::chrono::minutes(15));
  EXPECT_EQ(unsent().at(0).at("attempts"), 3);
  api.fallback = Fault::none;
  ASSERT_TRUE(drain());
  create();
  EXPECT_EQ(unsent().at(0).at("attempts"), 0) << "another event";
}

TEST_F(Sync, tells_of_a_journal_that_cannot_be_written_and_tries_ever_more_rarely) {
  enrol();
  create();
  till().journal.lease()->execute("PRAGMA query_only = ON", {});
  std::vector<std::int64_t> pauses;
  for (int i = 0; i < 12; ++i) {
    pauses.push_back(run->engine.turn(false).count());
    clock.advance(std::chrono::milliseconds(pauses.back()));
  }
  EXPECT_EQ(status().at("problem").at("code"), "storage");
  EXPECT_FALSE(status().at("problem").at("message").get<std::string>().empty());
  EXPECT_GT(*std::max_element(pauses.begin(), pauses.end()), 30'000);
  EXPECT_GT(*std::min_element(pauses.begin(), pauses.end()), 1'000);

  till().journal.lease()->execute("PRAGMA query_only = OFF", {});
  run->engine.turn(true);
  EXPECT_FALSE(status().contains("problem"));
  EXPECT_EQ(status().at("queue_depth"), 0);
}

TEST_F(Sync, survives_whatever_is_thrown) {
  create();
  api.plan = []() -> Fault { throw 17; };
  EXPECT_GT(run->engine.turn(false), 0ms);
  EXPECT_EQ(status().at("problem").at("code"), "storage");
  api.plan = nullptr;
  run->engine.turn(true);
  EXPECT_EQ(status().at("queue_depth"), 0);
}

TEST_F(Sync, a_till_that_is_refused_as_switched_off_learns_why_and_when_that_is_over) {
  create();
  auto off = Json::parse(sample_bundle(2));
  off["ccms_enabled"] = false;
  server.set_bundle(off.dump(), "\"2\"");
  server.switch_off(true);
  run->engine.run_once();
  EXPECT_EQ(status().at("network"), "paused");
  EXPECT_EQ(status().at("settings_version"), 2);

  server.set_bundle(sample_bundle(3), "\"3\"");
  server.switch_off(false);
  clock.advance(15min);
  run->engine.run_once();
  EXPECT_EQ(status().at("queue_depth"), 0);
  EXPECT_EQ(status().at("settings_version"), 3);
}

TEST_F(Sync, new_settings_end_the_pause_of_a_till_that_was_switched_off) {
  create();
  server.switch_off(true, 1);  // the first push alone: switched on again before the till asks for settings
  server.set_bundle(sample_bundle(2), "\"2\"");
  run->engine.run_once();
  EXPECT_EQ(status().at("queue_depth"), 0);
  EXPECT_EQ(status().at("network"), "online");
}

TEST(RequestBoard, gives_enrolments_first_and_then_the_newest_query) {
  using Kind = plugin::app::NetworkRequest::Kind;
  plugin::app::RequestBoard board;
  board.submit(Kind::find_tickets, "first");
  board.submit(Kind::ticket, "second");
  board.submit(Kind::enrol, "code");
  EXPECT_EQ(board.next()->argument, "code");
  EXPECT_TRUE(board.query_waiting());
  EXPECT_EQ(board.next()->argument, "second");
  EXPECT_EQ(board.next()->argument, "first");
  EXPECT_FALSE(board.query_waiting());
  EXPECT_FALSE(board.next());
}

TEST_F(Sync, quarantined_events_are_not_sent_again_by_themselves) {
  create();
  server.reject("*", {"bad_value", "no", ""});
  run->engine.run_once();
  const auto before = count_requests(kPush);
  run->engine.run_once(true);
  EXPECT_EQ(count_requests(kPush), before);
}

TEST_F(Sync, a_changed_code_becomes_the_tickets_code) {
  const auto other =
      domain::TicketCode::make("ZZZZ", 1, 1, [](std::string_view) { return std::uint64_t{7}; }).value();
  server.change_next_code(other);
  const auto ticket = create();
  ASSERT_TRUE(drain());
  EXPECT_EQ(
      plugin::outbox::tickets::find(*till().journal.lease(), ticket.at("ticket_id").get<std::string>())->code,
      other.str());
}

TEST_F(Sync, sends_more_than_one_batch) {
  for (int i = 0; i < 130; ++i) create();
  run->engine.run_once();
  EXPECT_THAT(server.captures(), SizeIs(130));
  EXPECT_EQ(count_requests(kPush), 2U);
}

TEST_F(Sync, a_stale_generation_gives_the_till_a_new_identity_and_keeps_what_is_unsent) {
  create();
  ASSERT_TRUE(drain());
  const auto unsent_one = create();
  const auto bytes = journal_bytes();
  server.advance_generation("S001-T1", 5);
  run->engine.run_once();
  EXPECT_EQ(count_requests("POST /api/v1/tills/rekey"), 1U);
  EXPECT_EQ(status().at("queue_depth"), 0);
  EXPECT_EQ(server.captures().at(unsent_one.at("event_id")).bytes, bytes.at(unsent_one.at("event_id")));

  const auto next = create();
  ASSERT_TRUE(drain());
  const auto capture = server.captures().at(next.at("event_id")).capture;
  EXPECT_EQ(capture.epoch, 2);
  EXPECT_EQ(capture.seq, 1) << "numbers start again in a new epoch";
}

TEST_F(Sync, what_is_unsent_outlives_the_key_when_the_till_is_enrolled_anew) {
  const auto unsent_one = create();
  server.add_code("WXYZ-WXYZ-WXYZ", "S001-T1");
  ok(plugin::app::enrol(till(), R"({"code":"WXYZ-WXYZ-WXYZ"})"));
  ASSERT_TRUE(drain());
  const auto next = create();
  ASSERT_TRUE(drain());
  EXPECT_EQ(server.captures().at(unsent_one.at("event_id")).capture.epoch, 1);
  EXPECT_EQ(server.captures().at(next.at("event_id")).capture.epoch, 2);
}

TEST_F(Sync, a_server_that_finds_every_identity_stale_is_not_asked_in_a_circle) {
  create();
  server.answer_always(problem(409, "generation_stale"));
  run->engine.run_once();
  EXPECT_LE(count_requests("POST /api/v1/tills/rekey"), 1U);
  EXPECT_GT(run->engine.run_once(), 0ms);
}

TEST_F(Sync, resends_what_was_acknowledged_when_the_server_was_restored) {
  for (int i = 0; i < 5; ++i) create();
  ASSERT_TRUE(drain());
  server.restore_backup(2, "0192d3a0-0000-7000-8000-000000000002");
  create();
  ASSERT_TRUE(drain());
  EXPECT_THAT(server.captures(), SizeIs(6));
  EXPECT_THAT(server.gaps("S001-T1"), SizeIs(0));
}

TEST_F(Sync, notices_a_restored_server_without_anything_new_to_send) {
  for (int i = 0; i < 5; ++i) create();
  ASSERT_TRUE(drain());
  server.restore_backup(2, "0192d3a0-0000-7000-8000-000000000002");
  poll();
  EXPECT_THAT(server.captures(), SizeIs(5));
}

TEST_F(Sync, a_corrected_ticket_survives_the_servers_restore) {
  const auto refused = create({{"ticket", {{"details", "poison"}}}});
  server.reject("poison", {"bad_value", "no", "/body/ticket/details"});
  run->engine.run_once();
  const auto corrected = act({{"action", "correct"},
                              {"event_id", refused.at("event_id")},
                              {"clerk", {{"id", "c2"}, {"name", "Ben"}}},
                              {"ticket", {{"details", "harmless"}}}});
  ASSERT_TRUE(drain());
  server.restore_backup(0, "0192d3a0-0000-7000-8000-000000000002");
  poll();
  EXPECT_THAT(server.captures(), Contains(::testing::Key(corrected.at("event_id").get<std::string>())));
  EXPECT_TRUE(unsent().empty()) << "what was replaced does not come back to the clerk";
}

TEST_F(Sync, a_capture_that_breaks_the_server_holds_up_no_other) {
  for (int i = 0; i < 9; ++i) create();
  create({{"ticket", {{"details", "poison"}}}});
  for (int i = 0; i < 9; ++i) create();
  server.break_on("poison");
  for (int i = 0; i < 20; ++i) clock.advance(run->engine.run_once());
  EXPECT_THAT(server.captures(), SizeIs(18));
  server.break_on("");
  ASSERT_TRUE(drain());
  EXPECT_THAT(server.captures(), SizeIs(19));
  EXPECT_THAT(server.gaps("S001-T1"), SizeIs(0));
}

TEST_F(Sync, resends_the_numbers_that_the_server_misses) {
  for (int i = 0; i < 4; ++i) create();
  ASSERT_TRUE(drain());
  server.restore_backup(2, "0192d3a0-0000-7000-8000-000000000001");  // lost without a new epoch
  create();
  ASSERT_TRUE(drain());
  EXPECT_THAT(server.captures(), SizeIs(5));
  EXPECT_THAT(server.gaps("S001-T1"), SizeIs(0));
}

TEST_F(Sync, forgets_what_was_delivered_after_the_days_of_retention) {
  create();
  ASSERT_TRUE(drain());
  clock.advance(std::chrono::days(6));
  run->engine.run_once();
  EXPECT_THAT(journal_bytes(), SizeIs(1));
  clock.advance(std::chrono::days(2));
  run->engine.run_once();
  EXPECT_THAT(journal_bytes(), SizeIs(0));
  EXPECT_THAT(plugin::outbox::tickets::list(*till().journal.lease(), 10), SizeIs(0));
}

TEST_F(Sync, keeps_what_a_ticket_says_for_as_long_as_the_ticket) {
  const auto ticket = create();
  ASSERT_TRUE(drain());
  clock.advance(std::chrono::days(5));
  act({{"action", "comment"},
       {"ticket_id", ticket.at("ticket_id")},
       {"clerk", {{"id", "c2"}, {"name", "Ben"}}},
       {"text", "The customer has called."},
       {"visibility", "internal"}});
  ASSERT_TRUE(drain());
  clock.advance(std::chrono::days(4));
  run->engine.run_once();
  const auto kept =
      plugin::outbox::tickets::find(*till().journal.lease(), ticket.at("ticket_id").get<std::string>());
  ASSERT_TRUE(kept);
  EXPECT_TRUE(plugin::app::content_of(*kept));

  clock.advance(std::chrono::days(4));
  run->engine.run_once();
  EXPECT_THAT(plugin::outbox::tickets::list(*till().journal.lease(), 10), SizeIs(0));
  EXPECT_THAT(journal_bytes(), SizeIs(0));
}

TEST_F(Sync, never_forgets_what_is_unsent) {
  create();
  api.fallback = Fault::refuse;
  clock.advance(std::chrono::days(30));
  run->engine.run_once();
  api.fallback = Fault::none;
  ASSERT_TRUE(drain());
  EXPECT_THAT(server.captures(), SizeIs(1));
}

TEST_F(Sync, pulls_the_stores_ticket_updates) {
  const auto ticket = create();
  ASSERT_TRUE(drain());
  server.add_update(update_of(ticket, 3, true));
  poll();
  EXPECT_EQ(status().at("ready_to_collect"), 1);
  EXPECT_THAT(till().events.drain(), HasSubstr("ticket_updated"));

  server.add_update(update_of(ticket, 2, false));  // an older one that comes late
  poll();
  EXPECT_EQ(status().at("ready_to_collect"), 1);
}

TEST_F(Sync, counts_no_exercise_as_waiting_for_its_customer_and_shows_it_as_one) {
  host.training = true;
  const auto ticket = create();
  host.training = false;
  ASSERT_TRUE(drain());
  server.add_update(update_of(ticket, 3, true));
  poll();
  EXPECT_EQ(status().at("ready_to_collect"), 0);
  const auto found = ok(plugin::app::find_tickets(till(), "{}")).at("tickets");
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_EQ(found[0].at("training"), true);
}

TEST_F(Sync, finds_what_another_till_made_and_is_to_be_collected_here_and_forgets_it_when_it_is_not) {
  const Json elsewhere{{"ticket_id", "0192d3a0-1111-7000-8000-000000000001"}, {"code", create().at("code")}};
  ASSERT_TRUE(drain());
  server.add_update(update_of(elsewhere, 1, true));
  poll();
  EXPECT_EQ(status().at("ready_to_collect"), 1);
  const auto ready = ok(plugin::app::find_tickets(till(), R"({"ready":true})")).at("tickets");
  ASSERT_THAT(ready, SizeIs(1)) << "what is counted is listed";
  EXPECT_EQ(ready[0].at("ticket_id"), elsewhere.at("ticket_id"));
  EXPECT_TRUE(ready[0].at("ready_to_collect"));

  server.add_gone(domain::TicketId(elsewhere.at("ticket_id").get<std::string>()));
  poll();
  EXPECT_EQ(status().at("ready_to_collect"), 0);
  EXPECT_THAT(ok(plugin::app::find_tickets(till(), R"({"ready":true})")).at("tickets"), SizeIs(0));
}

TEST_F(Sync, believes_a_restored_server_though_its_versions_are_lower) {
  const auto ticket = create();
  ASSERT_TRUE(drain());
  server.add_update(update_of(ticket, 5, true));
  poll();
  server.restore_backup(1, "0192d3a0-0000-7000-8000-000000000002");
  server.add_update(update_of(ticket, 2, false));
  poll();
  EXPECT_EQ(status().at("ready_to_collect"), 0);
}

TEST_F(Sync, forgets_other_tills_tickets_after_they_were_closed) {
  const Json elsewhere{{"ticket_id", "0192d3a0-1111-7000-8000-000000000001"}, {"code", create().at("code")}};
  auto update = update_of(elsewhere, 1, false);
  update.state.type = domain::StateType::closed;
  server.add_update(update);
  poll();
  const auto known = [&] {
    return plugin::outbox::updates::find(*till().journal.lease(), update.ticket_id.str()).has_value();
  };
  EXPECT_TRUE(known());
  clock.advance(std::chrono::days(8));
  run->engine.run_once();
  EXPECT_FALSE(known());
}

TEST_F(Sync, asks_for_settings_only_when_they_have_changed) {
  EXPECT_EQ(till().settings.get()->bundle.settings_version, 1);
  clock.advance(10min);
  run->engine.run_once();  // 304
  EXPECT_EQ(till().settings.get()->bundle.settings_version, 1);
  server.set_bundle(sample_bundle(2), "\"2\"");
  clock.advance(10min);
  run->engine.run_once();
  EXPECT_EQ(till().settings.get()->bundle.settings_version, 2);
  restart();
  EXPECT_EQ(till().settings.get()->bundle.settings_version, 2);
}

TEST_F(Sync, refuses_settings_that_the_server_has_not_signed) {
  server.set_bundle(sample_bundle(2), "\"2\"");
  server.sign_bundles_wrongly();
  clock.advance(10min);
  run->engine.run_once();
  EXPECT_EQ(till().settings.get()->bundle.settings_version, 1);
  EXPECT_THAT(host.messages(), Contains(HasSubstr("settings refused")));
  EXPECT_EQ(status().at("network"), "online") << "tickets go on";
}

TEST_F(Sync, fetches_a_spare_prefix_in_good_time) {
  till().journal.lease()->execute("UPDATE identity SET next_code = ?",
                                  {domain::TicketCode::kSequenceLimit - 10});
  server.set_next_prefix("7777");
  clock.advance(10min);
  run->engine.run_once();
  EXPECT_EQ(plugin::outbox::identity::load(*till().journal.lease())->spare_prefix, "7777");
}

using Enrolment = TillTest;

TEST_F(Enrolment, a_wrong_code_is_told_with_its_field) {
  const auto id = ok(plugin::app::enrol(till(), R"({"code":"WRON-GWRO-NGWR"})")).at("request_id");
  run->engine.run_once();
  const auto taken = ok(plugin::app::take_result(till(), Json{{"request_id", id}}.dump()));
  EXPECT_EQ(taken.at("done"), true);
  EXPECT_EQ(taken.at("error").at("code"), "enrolment_refused");
  EXPECT_EQ(taken.at("error").at("field"), "/code");
  EXPECT_EQ(status().at("enrolled"), false);
}

TEST_F(Enrolment, a_result_is_given_once) {
  const auto id = ok(plugin::app::enrol(till(), R"({"code":"ABCD-EFGH-JKMN"})")).at("request_id");
  const auto ask = Json{{"request_id", id}}.dump();
  EXPECT_EQ(ok(plugin::app::take_result(till(), ask)).at("done"), false);
  run->engine.run_once();
  EXPECT_EQ(ok(plugin::app::take_result(till(), ask)).at("done"), true);
  EXPECT_EQ(error_of(plugin::app::take_result(till(), ask)).code, "not_found");
}

TEST_F(Enrolment, without_a_network_is_unavailable) {
  api.fallback = Fault::refuse;
  const auto id = ok(plugin::app::enrol(till(), R"({"code":"ABCD-EFGH-JKMN"})")).at("request_id");
  run->engine.run_once();
  const auto taken = ok(plugin::app::take_result(till(), Json{{"request_id", id}}.dump()));
  EXPECT_EQ(taken.at("error").at("code"), "unavailable");
}

/// Whatever the network does, everything arrives once, in bytes as recorded, without a gap.
class FaultySync : public TillTest, public ::testing::WithParamInterface<int> {};

TEST_P(FaultySync, everything_arrives_exactly_once) {
  enrol();
  std::mt19937 random(static_cast<unsigned>(GetParam()));
  const auto below = [&](unsigned limit) { return static_cast<int>(random() % limit); };
  constexpr Fault kFaults[] = {Fault::none,         Fault::none,     Fault::refuse, Fault::lose_answer,
                               Fault::server_error, Fault::too_many, Fault::garbage};
  api.plan = [&] { return kFaults[below(std::size(kFaults))]; };
  std::size_t made = 0;
  for (int step = 0; step < 60; ++step) {
    for (int i = below(4); i > 0; --i, ++made) create();
    const auto rest = run->engine.run_once();
    if (below(3) == 0) clock.advance(rest);
    if (below(15) == 0) restart();
    if (below(20) == 0) server.advance_generation("S001-T1", 3);
    if (below(25) == 0)
      server.restore_backup(made / 2, "0192d3a0-0000-7000-8000-0000000000" + std::to_string(10 + step));
  }
  api.plan = nullptr;
  ASSERT_TRUE(drain());
  // A last contact, for what the server may have asked for in answer to the one before.
  ++made;
  create();
  ASSERT_TRUE(drain());
  EXPECT_THAT(server.captures(), SizeIs(made));
  EXPECT_THAT(server.gaps("S001-T1"), SizeIs(0));
  const auto rows = till().journal.lease()->query("SELECT event_id, body FROM captures");
  for (const auto row : rows) EXPECT_EQ(server.captures().at(row.text(0)).bytes, row.blob(1));
}

INSTANTIATE_TEST_SUITE_P(Seeds, FaultySync, ::testing::Range(1, 21));

}  // namespace
}  // namespace ccms::test
