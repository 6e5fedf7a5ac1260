// How much slower is a ticket than the least that could make it durable? The median of create_ticket through
// the ABI, over that of a bare SQLite commit (WAL, FULL, the same file system) of one row of the capture's
// length; both in turn in one run. Prints `ratio X.XX`, against SQLite as it comes (pages of 4096 bytes), and
// beside it what a bare commit takes with the journal's own pages. Options: --dir FOLDER, --count N.
#include <sqlite3.h>

#include <cstdint>
#include <cstdio>
#include <exception>
#include <stdexcept>
#include <string>

#include "bench/till_bench.h"

namespace {

using namespace ccms;

void check(int code) {
  if (code != SQLITE_OK && code != SQLITE_DONE) throw std::runtime_error(sqlite3_errstr(code));
}

/// The least: one prepared INSERT of one row in a transaction of its own.
class BareCommit {
 public:
  BareCommit(const std::filesystem::path& file, std::int64_t page_bytes) {
    check(sqlite3_open(file.c_str(), &database_));
    check(sqlite3_exec(database_, ("PRAGMA page_size = " + std::to_string(page_bytes)).c_str(), nullptr,
                       nullptr, nullptr));
    check(sqlite3_exec(database_,
                       "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;"
                       "CREATE TABLE captures (n INTEGER PRIMARY KEY, body BLOB NOT NULL)",
                       nullptr, nullptr, nullptr));
    check(sqlite3_prepare_v2(database_, "INSERT INTO captures (body) VALUES (?)", -1, &insert_, nullptr));
  }
  ~BareCommit() {
    sqlite3_finalize(insert_);
    sqlite3_close(database_);
  }
  BareCommit(const BareCommit&) = delete;
  BareCommit& operator=(const BareCommit&) = delete;

  void run(const std::string& row) {
    check(sqlite3_exec(database_, "BEGIN IMMEDIATE", nullptr, nullptr, nullptr));
    check(sqlite3_bind_blob(insert_, 1, row.data(), static_cast<int>(row.size()), SQLITE_STATIC));
    check(sqlite3_step(insert_));
    check(sqlite3_reset(insert_));
    check(sqlite3_exec(database_, "COMMIT", nullptr, nullptr, nullptr));
  }

 private:
  sqlite3* database_ = nullptr;
  sqlite3_stmt* insert_ = nullptr;
};

std::int64_t number_in(const std::filesystem::path& journal, const char* sql) {
  sqlite3* database = nullptr;
  sqlite3_stmt* query = nullptr;
  check(sqlite3_open_v2(journal.c_str(), &database, SQLITE_OPEN_READONLY, nullptr));
  check(sqlite3_prepare_v2(database, sql, -1, &query, nullptr));
  sqlite3_step(query);
  const auto number = sqlite3_column_int64(query, 0);
  sqlite3_finalize(query);
  sqlite3_close(database);
  return number;
}

void run(const std::filesystem::path& folder, int count) {
  bench::enrol_till(folder);
  test::PluginHost host;
  host.open(
      test::PluginHost::config(folder, "http://127.0.0.1:9"));  // nobody there: the till alone is measured
  bench::create_ticket(host, bench::ticket_request(0));
  const auto journal = folder / "journal.db";
  const auto length = number_in(journal, "SELECT MAX(length(body)) FROM captures");
  const auto page_bytes = number_in(journal, "PRAGMA page_size");
  const std::string row(static_cast<std::size_t>(length), 'x');
  BareCommit bare(folder / "bare.db", 4096);
  BareCommit alike(folder / "alike.db", page_bytes);

  std::vector<bench::Microseconds> tickets;
  std::vector<bench::Microseconds> commits;
  std::vector<bench::Microseconds> commits_alike;
  for (int i = 1; i <= count; ++i) {
    const auto request = bench::ticket_request(i);
    tickets.push_back(bench::timed([&] { bench::create_ticket(host, request); }));
    commits.push_back(bench::timed([&] { bare.run(row); }));
    commits_alike.push_back(bench::timed([&] { alike.run(row); }));
  }
  const auto ticket = bench::percentile(tickets, 0.5);
  const auto commit = bench::percentile(commits, 0.5);
  std::printf("create_ticket  p50 %.0f us  p99 %.0f us  (%d tickets, captures of %zu bytes)\n",
              ticket.count(), bench::percentile(tickets, 0.99).count(), count, row.size());
  std::printf("bare commit    p50 %.0f us  p99 %.0f us\n", commit.count(),
              bench::percentile(commits, 0.99).count());
  std::printf("bare commit    p50 %.0f us  with the journal's pages of %lld bytes\n",
              bench::percentile(commits_alike, 0.5).count(), static_cast<long long>(page_bytes));
  std::printf("ratio %.2f\n", ticket / commit);
}

}  // namespace

int main(int argc, char** argv) {
  const auto folder = bench::work_folder(argc, argv);
  int status = 0;
  try {
    run(folder, bench::number_option(argc, argv, "--count", 1000));
  } catch (const std::exception& failure) {
    std::fprintf(stderr, "bench_till_create: %s\n", failure.what());
    status = 1;
  }
  std::filesystem::remove_all(folder);
  return status;
}
