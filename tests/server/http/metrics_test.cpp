#include <gtest/gtest.h>

#include "core/db/transaction.h"
#include "tests/server/support/staff_server.h"

namespace ccms::test {
namespace {

class MetricsTest : public OnBothDatabases {
 protected:
  std::string metrics() { return server.get({}, "/metrics").response.body; }
  bool say(const std::string& line) {
    return ("\n" + metrics()).find("\n" + line + "\n") != std::string::npos;
  }
};

TEST_P(MetricsTest, TellOfMessagesThatWaitAndThatWereGivenUp) {
  EXPECT_TRUE(say("ccms_notifications_pending 0")) << metrics();
  EXPECT_TRUE(say("ccms_notifications_oldest_unsent_seconds 0")) << metrics();
  server.create_ticket(StaffServer::ticket_request());
  server.clock().advance(std::chrono::seconds(90));
  EXPECT_TRUE(say("ccms_notifications_pending 2")) << metrics();
  EXPECT_TRUE(say("ccms_notifications_oldest_unsent_seconds 90")) << metrics();
  db::with_transaction(server.database(), [](db::Connection& connection) {
    connection.execute("UPDATE notifications SET state = 'dead' WHERE channel = 'sms'");
  });
  EXPECT_TRUE(say("ccms_notifications_pending 1")) << metrics();
  EXPECT_TRUE(say("ccms_notifications_dead 1")) << metrics();
}

TEST_P(MetricsTest, WhatIsWorthAnAlarmIsThereBeforeItHappens) {
  for (const char* line :
       {"ccms_captures_total{outcome=\"rejected\"} 0", "ccms_logins_total{result=\"refused\"} 0",
        "ccms_timers_total 0", "ccms_timers_failed_total 0"})
    EXPECT_TRUE(say(line)) << line << " is not in\n" << metrics();
}

TEST_P(MetricsTest, HealthIsTheProcessAndReadinessWhatItNeeds) {
  EXPECT_EQ(server.get({}, "/healthz").json["status"], "ok");
  EXPECT_EQ(server.get({}, "/readyz").json["status"], "ok");
  db::with_transaction(server.database(), [](db::Connection& connection) {
    connection.execute("DELETE FROM settings_versions");
  });
  server.restart();
  EXPECT_EQ(server.get({}, "/healthz").status, 200);
  EXPECT_EQ(server.get({}, "/readyz").code(), "settings_missing");
}

INSTANTIATE_TEST_SUITE_P(Databases, MetricsTest, testing::Values(Backend::sqlite, Backend::mariadb),
                         backend_name);

}  // namespace
}  // namespace ccms::test
