#include "core/db/transaction.h"
#include "tests/server/support/on_both_backends.h"

namespace ccms::test {
namespace {

using wire::CaptureOutcome;

/// A till may have made its captures under any version of the settings, however old.
class SettingsVersion : public OnBothBackends {
 protected:
  /// Version 1 becomes something that this program cannot read; version 2 is in force.
  void damage_former_version() {
    auto document = sample_settings();
    server.publish(document + "\n");
    db::with_transaction(server.database(), [](db::Connection& connection) {
      connection.execute("UPDATE settings_parts SET body = ? WHERE version = 1 AND part = 0",
                         {db::Blob{"{\"format\": 99}"}});
    });
    server.restart();
  }

  CaptureOutcome send_made_under(std::int64_t version) {
    auto capture = till.created();
    capture.settings_version = version;
    return till.send_one(transport(), till.sign(capture)).outcome;
  }

  std::string metrics() {
    server::Request request;
    request.method = "GET";
    request.target = request.path = "/metrics";
    return server.send(std::move(request)).body;
  }
};

TEST_P(SettingsVersion, OneThatCannotBeReadKeepsNoTicketBack) {
  damage_former_version();
  auto good = till.created();
  good.settings_version = 2;
  auto under_damaged = till.created();
  under_damaged.settings_version = 1;
  const auto reply = till.send(transport(), {till.sign(good), till.sign(under_damaged)});
  EXPECT_EQ(reply.outcomes.at(0).outcome, CaptureOutcome::stored);
  EXPECT_EQ(reply.outcomes.at(1).outcome, CaptureOutcome::stored);
  EXPECT_EQ(server.count("SELECT COUNT(*) AS n FROM tickets"), 2);
  EXPECT_EQ(server.count("SELECT settings_version FROM tickets WHERE ticket_id = ?",
                         {under_damaged.ticket_id.str()}),
            1)
      << "what the till said stays on record";
}

TEST_P(SettingsVersion, TheOperatorSeesThatOneCannotBeRead) {
  damage_former_version();
  EXPECT_NE(metrics().find("ccms_settings_unreadable_total 0\n"), std::string::npos);
  EXPECT_EQ(send_made_under(1), CaptureOutcome::stored);
  EXPECT_NE(metrics().find("ccms_settings_unreadable_total 1\n"), std::string::npos) << metrics();
  EXPECT_NE(server.log().find("\"event\":\"settings_unreadable\""), std::string::npos) << server.log();
  EXPECT_NE(server.log().find("\"version\":1"), std::string::npos) << server.log();
}

TEST_P(SettingsVersion, OneThatNobodyPublishedMeansTheNewest) {
  EXPECT_EQ(send_made_under(77), CaptureOutcome::stored);
}

CCMS_ON_BOTH_BACKENDS(SettingsVersion);

}  // namespace
}  // namespace ccms::test
