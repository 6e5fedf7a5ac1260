#include <cstdlib>
#include <iostream>

#include "tests/server/deadlines/due_together.h"
#include "tests/server/support/http_client.h"
#include "tests/server/support/server_process.h"
#include "tests/support/services/mariadb_service.h"
#include "tests/support/services/wait_until.h"

namespace ccms::test {
namespace {

using namespace std::chrono_literals;

/// As many as a large chain may have, which takes five to eight minutes. The sanitizers look at memory, not
/// at numbers.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr std::int64_t kTickets = 20'000;
#else
constexpr std::int64_t kTickets = 100'000;
#endif

/// CCMS_DUE_TOGETHER=20000 is quicker. With fewer than some thousands one server may take them all.
std::int64_t ticket_count() {
  const char* wanted = std::getenv("CCMS_DUE_TOGETHER");
  return wanted != nullptr ? std::atoll(wanted) : kTickets;
}

/// Two servers as programs of their own on one MariaDB, and tickets whose time is up before they start.
class DueTogether : public ::testing::Test {
 protected:
  DueTogether() {
    // Of a machine that is made for it; what is tested is not how a small one reads its disk.
    MariaDbService::shared().run_sql("SET GLOBAL innodb_buffer_pool_size = 1024 * 1024 * 1024");
    const auto made_at = server::SystemClock().now() - kTimeOfATicket;
    server.clock().advance(made_at - server.clock().now());
    const auto ticket = make_ticket_of_two_hours(server);
    copy_ticket(server.database(), ticket, tickets - 1);
    first_due = server.count("SELECT MIN(due_at) FROM ticket_timers");
  }

  ServerProcess another_server() {
    auto config = server.config();
    config.data_folder = folder.path() / std::to_string(++processes);
    std::filesystem::create_directories(config.data_folder);
    ServerProcess process(CCMS_SERVER, config);
    process.start();
    return process;
  }

  /// How many tickets a process says that it looked at.
  static std::int64_t looked_at(const ServerProcess& process) {
    server::Request request;
    request.method = "GET";
    request.path = request.target = "/metrics";
    const auto text = send_over_http(process.port(), request).body;
    const std::string name = "\nccms_timers_total ";
    const auto found = ("\n" + text).find(name);
    return found == std::string::npos ? 0 : std::atoll(text.c_str() + found + name.size() - 1);
  }

  /// Whether the first half of the timers is claimed or gone. They are taken in the order of their tickets'
  /// ids when they are due at one moment, so that one look into the index tells.
  bool half_is_taken() {
    const auto first = server.database().reader()->query(
        "SELECT ticket_id FROM ticket_timers WHERE due_at = ? ORDER BY due_at, ticket_id LIMIT 1",
        {first_due});
    return first.empty() || std::atoll(first.front().text(0).substr(24).c_str()) > tickets / 2;
  }

  bool no_timer_is_left() {
    return server.database().reader()->query("SELECT ticket_id FROM ticket_timers LIMIT 1").empty();
  }

  /// Rows of a query that groups into something of which there is one a ticket.
  void expect_one_a_ticket(const std::string& what, const std::string& where, std::size_t kinds) {
    const auto rows = server.database().reader()->query(
        "SELECT " + what + " AS what, COUNT(*) AS n, COUNT(DISTINCT ticket_id) AS tickets FROM " + where +
        " GROUP BY what ORDER BY what");
    EXPECT_EQ(rows.size(), kinds) << where;
    for (const auto& row : rows) {
      EXPECT_EQ(row.integer("n"), tickets) << row.text("what");
      EXPECT_EQ(row.integer("tickets"), tickets) << row.text("what");
    }
  }

  const std::int64_t tickets = ticket_count();
  TempFolder folder;
  StaffServer server{Backend::mariadb};
  std::int64_t first_due = 0;
  int processes = 0;
};

TEST_F(DueTogether, EachStepIsTakenOnceByTwoServersOfWhichOneIsKilledMidway) {
  ASSERT_EQ(server.count("SELECT COUNT(*) FROM ticket_timers WHERE due_at = ?", {first_due}), tickets);
  ASSERT_LE(first_due, server::to_epoch_ms(server::SystemClock().now()));
  const auto begin = std::chrono::steady_clock::now();
  const auto seconds = [&] {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  };
  auto doomed = another_server();
  auto survivor = another_server();
  std::int64_t by_doomed = 0;
  // Its count is of whole pages: a first one must be done, or its death would prove nothing.
  ASSERT_TRUE(wait_until([&] { return half_is_taken() && (by_doomed = looked_at(doomed)) > 0; }, 10min));
  doomed.kill_hard();
  std::cout << "killed after " << seconds() << " s\n";
  EXPECT_FALSE(no_timer_is_left()) << "it died when all was done";

  ASSERT_TRUE(wait_until([&] { return no_timer_is_left(); }, 10min));
  const auto by_survivor = looked_at(survivor);
  std::cout << tickets << " tickets in " << seconds() << " s: " << by_doomed
            << " by the server that was killed, " << by_survivor << " by the other\n";
  EXPECT_LT(by_survivor, tickets);

  expect_one_a_ticket("type", "ticket_events WHERE type = 'breached'", 1);
  expect_one_a_ticket("JSON_VALUE(data, '$.step')", "ticket_events WHERE type = 'escalated'",
                      kStepsOfATicket);
  expect_one_a_ticket("recipient", "notifications WHERE trigger_on = 'escalated'", kStepsOfATicket);
  EXPECT_EQ(server.count("SELECT COUNT(*) FROM tickets WHERE breached_at IS NOT NULL"), tickets);
  EXPECT_EQ(server.count("SELECT COUNT(*) FROM tickets t WHERE last_event_number <> (SELECT COUNT(*) FROM "
                         "ticket_events e WHERE e.ticket_id = t.ticket_id)"),
            0)
      << "rows and histories were written together";
}

}  // namespace
}  // namespace ccms::test
