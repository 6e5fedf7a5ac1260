#include "server/jobs/change_sequencer.h"

#include <gtest/gtest.h>

#include <thread>

#include "tests/server/support/staff_server.h"

namespace ccms::test {
namespace {

class ChangeSequencerTest : public OnBothDatabases {};

TEST_P(ChangeSequencerTest, NumbersEveryCommittedChangeWithoutAGap) {
  for (int i = 0; i < 3; ++i) server.create_ticket(StaffServer::ticket_request());
  EXPECT_EQ(server.count("SELECT COUNT(*) FROM changes WHERE number IS NOT NULL"), 0);
  server::ChangeSequencer job(server.database(), "me");
  const auto numbered = job.run_once(server.clock().now());
  EXPECT_GE(numbered, 3U);
  EXPECT_EQ(job.run_once(server.clock().now()), 0U);
  EXPECT_EQ(server.count("SELECT MAX(number) FROM changes"), static_cast<std::int64_t>(numbered));
  EXPECT_EQ(server.count("SELECT COUNT(DISTINCT number) FROM changes"), static_cast<std::int64_t>(numbered));
}

TEST_P(ChangeSequencerTest, AnotherProcessWaitsForTheLeaseToEnd) {
  server.create_ticket(StaffServer::ticket_request());
  server::ChangeSequencer first(server.database(), "first");
  server::ChangeSequencer second(server.database(), "second");
  EXPECT_GT(first.run_once(server.clock().now()), 0U);
  server.create_ticket(StaffServer::ticket_request());
  EXPECT_EQ(second.run_once(server.clock().now()), 0U);
  server.clock().advance(std::chrono::seconds(11));
  EXPECT_GT(second.run_once(server.clock().now()), 0U);
}

TEST_P(ChangeSequencerTest, TwoAtOnceNumberEveryChangeOnce) {
  constexpr int kTickets = 12;
  for (int i = 0; i < kTickets; ++i) server.create_ticket(StaffServer::ticket_request());
  // As two processes would whose clocks differ so much that each takes the other's lease for over.
  const auto run = [&](const char* owner, std::chrono::minutes ahead) {
    server::ChangeSequencer job(server.database(), owner);
    for (int i = 0; i < 5; ++i) job.run_once(server.clock().now() + ahead * (i + 1));
  };
  std::thread first(run, "first", std::chrono::minutes(1));
  std::thread second(run, "second", std::chrono::minutes(2));
  for (int i = 0; i < kTickets; ++i) server.create_ticket(StaffServer::ticket_request());
  first.join();
  second.join();
  server.clock().advance(std::chrono::hours(1));
  server::ChangeSequencer(server.database(), "last").run_once(server.clock().now());
  const auto changes = server.count("SELECT COUNT(*) FROM changes");
  EXPECT_EQ(server.count("SELECT COUNT(DISTINCT number) FROM changes"), changes);
  EXPECT_EQ(server.count("SELECT MAX(number) FROM changes"), changes);
}

TEST_P(ChangeSequencerTest, TheFeedContinuesWhereTheReaderStopped) {
  for (int i = 0; i < 3; ++i) server.create_ticket(StaffServer::ticket_request());
  server::ChangeSequencer(server.database(), "me").run_once(server.clock().now());
  const Answer first = server.get(server.hq(), "/api/v1/changes?limit=2");
  EXPECT_EQ(first.json["more"], true);
  const Answer rest = server.get(
      server.hq(), "/api/v1/changes?after=" + std::to_string(first.json["cursor"].get<std::int64_t>()));
  EXPECT_EQ(rest.json["changes"][0]["number"], first.json["cursor"].get<std::int64_t>() + 1);
  EXPECT_EQ(rest.json["more"], false);
  EXPECT_EQ(server.get(server.hq(), "/api/v1/changes?after=x").field(), "/after");
}

INSTANTIATE_TEST_SUITE_P(Databases, ChangeSequencerTest, testing::Values(Backend::sqlite, Backend::mariadb),
                         backend_name);

}  // namespace
}  // namespace ccms::test
