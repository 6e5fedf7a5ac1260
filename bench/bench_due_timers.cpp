// What do deadlines cost when very many fall due together, and when none is due? On MariaDB and on SQLite,
// with the job that the server runs and the time that passes:
//   - a tick with nothing due, with an empty table of timers and with --undue timers that are not due
//     (`ratio X.XX`, near 1 when a tick reads only what is due), and the rows it reads;
//   - how the database finds what is due, with --beside timers that are not;
//   - the seconds until --due tickets whose time was up at one moment are done, and how late each was.
// MariaDB is a private one that writes to memory; SQLite writes to the temporary folder.
// Options: --due N, --undue N, --beside N, --only sqlite|mariadb.
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <stdexcept>
#include <vector>

#include "server/deadlines/timer_queue.h"
#include "server/deadlines/timers.h"
#include "server/settings/settings_store.h"
#include "tests/server/deadlines/due_together.h"
#include "tests/support/services/mariadb_service.h"

namespace {

using namespace ccms;
using namespace std::chrono_literals;
using Steady = std::chrono::steady_clock;
using test::Backend;

/// The limit in the plan that is shown.
constexpr std::int64_t kPage = 100;

struct Counts {
  std::int64_t due = 10'000;
  std::int64_t undue = 100'000;
  std::int64_t beside = 1'000'000;
};

/// A clock that goes on from a moment of our choosing.
class ShiftedClock final : public server::Clock {
 public:
  explicit ShiftedClock(server::Instant start) : start_(start) {}
  server::Instant now() const override {
    return start_ + std::chrono::floor<std::chrono::milliseconds>(Steady::now() - begun_);
  }

 private:
  const server::Instant start_;
  const Steady::time_point begun_ = Steady::now();
};

double seconds_of(const auto& work) {
  const auto begin = Steady::now();
  work();
  return std::chrono::duration<double>(Steady::now() - begin).count();
}

/// The job as the server runs it, over a server's database.
class RunningTimers {
 public:
  RunningTimers(test::StaffServer& server, server::Instant start)
      : clock_(start), settings_(server.database()), services_{server.database(), clock_,
                                                               settings_,         log_,
                                                               metrics_,          server.config()} {}

  std::size_t tick() { return timers_.run_once(clock_.now()); }

 private:
  ShiftedClock clock_;
  server::SettingsStore settings_;
  server::Metrics metrics_;
  const server::Logger log_ = server::Logger::silent();
  const server::Services services_;
  server::Timers timers_{services_};
};

/// Rows that MariaDB read for everybody; nothing else uses it.
std::int64_t rows_read(db::Database& database) {
  std::int64_t rows = 0;
  for (const auto& row : database.reader()->query("SHOW GLOBAL STATUS LIKE 'Handler_read%'"))
    rows += row.integer(1);
  return rows;
}

/// The median of many ticks in which nothing is due, in microseconds.
double idle_tick(test::StaffServer& server) {
  constexpr int kTicks = 500;
  RunningTimers timers(server, server.clock().now());
  std::vector<double> times;
  for (int i = 0; i < kTicks; ++i) {
    times.push_back(seconds_of([&] {
      if (timers.tick() != 0) throw std::runtime_error("something is due");
    }));
  }
  std::nth_element(times.begin(), times.begin() + kTicks / 2, times.end());
  return times[kTicks / 2] * 1e6;
}

void print_idle_rows(test::StaffServer& server) {
  if (server.config().database.kind != server::DatabaseConfig::Kind::mariadb) return;
  constexpr int kTicks = 100;
  RunningTimers timers(server, server.clock().now());
  timers.tick();  // reads the settings
  const auto first = rows_read(server.database());
  const auto before = rows_read(server.database());
  const auto asking = before - first;  // SHOW STATUS reads rows itself
  for (int i = 0; i < kTicks; ++i) timers.tick();
  std::printf("  rows read by a tick with nothing due: %.2f\n",
              static_cast<double>(rows_read(server.database()) - before - asking) / kTicks);
}

/// How the database finds what is due, with how many rows it read in fact where it tells.
void print_plan(test::StaffServer& server, server::Instant now) {
  const auto lease = server.database().reader();
  const bool is_sqlite = lease->dialect().name() == "sqlite";
  const auto statement =
      (is_sqlite ? "EXPLAIN QUERY PLAN " : "ANALYZE ") + std::string(server::kDueTimersSql);
  for (const auto& row : lease->query(statement, {server::to_epoch_ms(now), kPage})) {
    if (is_sqlite) {
      std::printf("  plan: %s\n", row.text("detail").c_str());
    } else {
      std::printf("  plan: type %s, key %s, estimated rows %lld, rows read %.0f, %s\n",
                  row.text("type").c_str(), row.optional_text("key").value_or("none").c_str(),
                  static_cast<long long>(row.integer("rows")), row.real("r_rows"), row.text("Extra").c_str());
    }
  }
}

void print_lateness(test::StaffServer& server, server::Instant due_at) {
  std::vector<std::int64_t> late;
  for (const auto& row :
       server.database().reader()->query("SELECT at FROM ticket_events WHERE type = 'breached'"))
    late.push_back(row.integer(0) - server::to_epoch_ms(due_at));
  std::sort(late.begin(), late.end());
  const auto at = [&](std::size_t percent) {
    return static_cast<double>(late.at((late.size() - 1) * percent / 100)) / 1000;
  };
  std::printf("  lateness p50 %.2f s, p99 %.2f s, max %.2f s (%zu tickets)\n", at(50), at(99), at(100),
              late.size());
}

void drain(test::StaffServer& server, const Counts& counts) {
  const auto original = test::make_ticket_of_two_hours(server);
  test::copy_ticket(server.database(), original, counts.due - 1);
  // The fixture's clock stands still: this is the deadline of every copy, when both steps are due.
  const auto due_at = server.clock().now() + test::kTimeOfATicket;
  const bool is_mariadb = server.config().database.kind == server::DatabaseConfig::Kind::mariadb;
  if (is_mariadb) print_plan(server, due_at);  // with the rows that it read in fact
  const auto read_before = is_mariadb ? rows_read(server.database()) : 0;
  std::size_t done = 0;
  int ticks = 0;
  const double seconds = seconds_of([&] {
    RunningTimers timers(server, due_at);
    while (const auto more = timers.tick()) {
      done += more;
      ++ticks;
    }
  });
  std::printf("  %zu timers due at one moment: %.2f s in %d ticks, %.2f ms each\n", done, seconds, ticks,
              seconds * 1000 / static_cast<double>(done));
  print_lateness(server, due_at);
  // SQLite's reader would go on seeing what was there when it explained.
  if (!is_mariadb) return print_plan(server, due_at);
  const auto read = static_cast<double>(rows_read(server.database()) - read_before);
  std::printf("  rows read: %.0f a tick, %.1f a ticket\n", read / ticks, read / static_cast<double>(done));
}

void measure(Backend backend, const Counts& counts) {
  std::printf("%s\n", test::name_of(backend).c_str());
  if (backend == Backend::mariadb)
    test::MariaDbService::shared().run_sql("SET GLOBAL innodb_buffer_pool_size = 1024 * 1024 * 1024");
  test::StaffServer server(backend);
  const auto far = server.clock().now() + 24h * 30;
  const double empty = idle_tick(server);
  test::add_bare_timers(server.database(), far, counts.undue);
  const double undue = idle_tick(server);
  std::printf("  a tick with nothing due: %.0f us with an empty table, %.0f us with %lld timers\n", empty,
              undue, static_cast<long long>(counts.undue));
  std::printf("ratio %.2f\n", undue / empty);
  if (counts.beside > counts.undue)
    test::add_bare_timers(server.database(), far, counts.beside - counts.undue);
  print_idle_rows(server);
  drain(server, counts);
}

}  // namespace

int main(int argc, char** argv) {
  Counts counts;
  std::string only;
  bool understood = argc % 2 == 1;
  for (int i = 1; understood && i + 1 < argc; i += 2) {
    const std::string option = argv[i];
    if (option == "--due") {
      counts.due = std::atoll(argv[i + 1]);
    } else if (option == "--undue") {
      counts.undue = std::atoll(argv[i + 1]);
    } else if (option == "--beside") {
      counts.beside = std::atoll(argv[i + 1]);
    } else if (option == "--only") {
      only = argv[i + 1];
    } else {
      understood = false;
    }
  }
  if (!understood || counts.due <= 0 || counts.undue <= 0) {
    std::fprintf(stderr,
                 "usage: bench_due_timers [--due N] [--undue N] [--beside N] [--only sqlite|mariadb]\n");
    return 2;
  }
  for (const auto backend : {Backend::mariadb, Backend::sqlite}) {
    if (only.empty() || only == test::name_of(backend)) measure(backend, counts);
  }
  return 0;
}
