#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "server/cli/commands.h"
#include "server/store/audit_log.h"
#include "tests/server/history/history_lines.h"
#include "tests/server/support/server_under_test.h"

namespace ccms::test {
namespace {

using nlohmann::json;
using testing::HasSubstr;

TEST(ImportHistoryCommand, CountsAndNamesLines) {
  ServerUnderTest server(Backend::sqlite);
  const TempFolder folder;
  json bad = history_line();
  bad["ticket_id"] = "018dfaa0-7c00-7000-8000-000000000009";
  bad["store"] = "S999";
  const std::string good = history_line().dump();
  const auto file = folder.write("history.jsonl", good + "\n\n" + bad.dump() + "\r\n" + good + "\n");

  testing::internal::CaptureStdout();
  testing::internal::CaptureStderr();
  EXPECT_EQ(server::import_history(server.config(), file), 1);
  EXPECT_THAT(testing::internal::GetCapturedStderr(), HasSubstr("line 3: /store: "));
  EXPECT_EQ(testing::internal::GetCapturedStdout(), "imported 1, already there 1, refused 1\n");

  const auto lease = server.database().reader();
  const auto noted = server::read_audit(*lease, {}, 1);
  ASSERT_EQ(noted.size(), 1U);
  EXPECT_EQ(noted[0].entry.action, "tickets.imported");
  EXPECT_EQ(noted[0].entry.subject_id, "history.jsonl");
  EXPECT_EQ(noted[0].entry.details, (json{{"imported", 1}, {"already_there", 1}, {"refused", 1}}));

  const auto again = folder.write("again.jsonl", good + "\n");
  testing::internal::CaptureStdout();
  EXPECT_EQ(server::import_history(server.config(), again), 0);
  EXPECT_EQ(testing::internal::GetCapturedStdout(), "imported 0, already there 1, refused 0\n");
}

TEST(ImportHistoryCommand, SaysWhichFileItCannotRead) {
  ServerUnderTest server(Backend::sqlite);
  testing::internal::CaptureStderr();
  EXPECT_EQ(server::import_history(server.config(), "no/such/file"), 1);
  EXPECT_THAT(testing::internal::GetCapturedStderr(), HasSubstr("no/such/file"));
}

}  // namespace
}  // namespace ccms::test
