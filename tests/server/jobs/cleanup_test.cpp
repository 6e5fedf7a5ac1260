#include "server/jobs/cleanup.h"

#include <gtest/gtest.h>

#include "tests/server/support/fake_till.h"
#include "tests/server/support/staff_server.h"

namespace ccms::test {
namespace {

class CleanupTest : public OnBothDatabases {
 protected:
  void clean() { EXPECT_EQ(server::Cleanup(server.database()).run_once(server.clock().now()), 0U); }
  std::int64_t rows(const std::string& table) { return server.count("SELECT COUNT(*) AS n FROM " + table); }
};

TEST_P(CleanupTest, SessionsGoWhenTheyHaveEnded) {
  const Caller early = server.hq();
  server.clock().advance(std::chrono::hours(11));
  const Caller late = server.hq();
  clean();
  EXPECT_EQ(server.get(late, "/api/v1/session").status, 200) << "one that is in use stays";
  server.clock().advance(std::chrono::hours(2));
  clean();
  EXPECT_EQ(server.get(early, "/api/v1/session").status, 401);
  server.clock().advance(std::chrono::hours(24));
  clean();
  EXPECT_EQ(rows("sessions"), 0);
}

TEST_P(CleanupTest, AnswersAreKeptForThreeMonths) {
  server.create_ticket(StaffServer::ticket_request());
  server.clock().advance(std::chrono::hours(24 * 90));
  clean();
  EXPECT_EQ(rows("idempotency_keys"), 1);
  server.clock().advance(std::chrono::milliseconds(1));
  clean();
  EXPECT_EQ(rows("idempotency_keys"), 0);
  EXPECT_EQ(rows("idempotency_parts"), 0);
  EXPECT_EQ(rows("tickets"), 1);
}

TEST_P(CleanupTest, NoncesOutliveTheTimeInWhichARequestCouldBeRepeated) {
  FakeTill till(server.clock());
  const auto transport = [&](server::Request request) { return server.send(std::move(request)); };
  till.enrol(transport, server.enrolment_code("S001", "S001-T1"));
  const auto request = till.request("GET", "/api/v1/sync/changes");
  ASSERT_EQ(transport(request).status, 200);
  ASSERT_EQ(rows("nonces"), 1);
  for (int minute = 0; minute < 10; ++minute) {
    server.clock().advance(std::chrono::minutes(1));
    clean();
    EXPECT_NE(transport(request).status, 200) << "minute " << minute;
  }
  server.clock().advance(std::chrono::minutes(1));
  clean();
  EXPECT_EQ(rows("nonces"), 0);
  EXPECT_NE(transport(request).status, 200) << "by now its time alone is too old";
}

TEST_P(CleanupTest, AnInvitationSaysThatItHasExpiredForThreeMonths) {
  const Answer invited =
      server.post(server.hq(), "/api/v1/invitations", {{"addresses", {"anna@example.com"}}, {"role", "hq"}});
  ASSERT_EQ(invited.status, 200) << invited.response.body;
  const auto accept = [&] {
    return server.post({}, "/api/v1/invitations/accept",
                       {{"token", invited.json["invitations"][0]["token"]},
                        {"name", "Anna"},
                        {"password", "correct horse"}});
  };
  server.clock().advance(std::chrono::hours(24 * 97));
  clean();
  EXPECT_EQ(accept().code(), "invitation_expired");
  server.clock().advance(std::chrono::milliseconds(1));
  clean();
  EXPECT_EQ(accept().code(), "unknown_invitation");
  EXPECT_EQ(rows("audit_log"), 1) << "what was done stays";
}

INSTANTIATE_TEST_SUITE_P(Databases, CleanupTest, testing::Values(Backend::sqlite, Backend::mariadb),
                         backend_name);

}  // namespace
}  // namespace ccms::test
