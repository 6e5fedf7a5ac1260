#include <gmock/gmock.h>

#include "tests/server/cli/program.h"
#include "tests/server/support/staff_server.h"

namespace ccms::test {
namespace {

using nlohmann::json;
using testing::HasSubstr;
using testing::Not;

class ReplayCommandTest : public OnBothDatabases {
 protected:
  /// The sample chain, which gives what no rule is about to the people of the stores, in three days.
  std::string changed_document() {
    json document = json::parse(sample_settings());
    document["routing"]["fallback"]["department"] = "store_operations";
    document["turn_around_times"][3]["maximum"]["amount"] = 3;
    document["turn_around_times"][3]["minimum"]["otherwise"]["amount"] = 2;
    return folder.write("next.json", document.dump()).string();
  }

  TempFolder folder;
  Program ccms{server.config()};
};

TEST_P(ReplayCommandTest, CountsAndListsWhatWouldChange) {
  json request = StaffServer::ticket_request();
  server.create_ticket(request);
  request["ticket"]["category"] = "other";
  const std::string code = server.create_ticket(request)["code"];
  const Said said = ccms({"simulate", "replay", "--settings", changed_document(), "--last", "5"});
  EXPECT_EQ(said.exit_code, 0) << said.err;
  EXPECT_THAT(said.out, HasSubstr("tickets looked at              2\ntreated differently            2\n"));
  EXPECT_THAT(said.out, HasSubstr("department                     0       0       1\n"));
  EXPECT_THAT(said.out, HasSubstr("priority                       0       0       0\n"));
  EXPECT_THAT(said.out, HasSubstr("done by                        0       0       2\n"));
  EXPECT_THAT(said.out, HasSubstr("  2026-11-21 23:26  S001\n"
                                  "  department: customer_care -> store_operations\n"
                                  "  done by: 2026-11-27 18:00 -> 2026-11-25 18:00\n"));
  EXPECT_THAT(said.out, HasSubstr(code.substr(0, 4) + "-" + code.substr(4, 4) + "-" + code.substr(8)));
}

TEST_P(ReplayCommandTest, OfTheSettingsInForceListsNothing) {
  server.create_ticket(StaffServer::ticket_request());
  const Said said = ccms({"simulate", "replay", "--version", "1"});
  EXPECT_EQ(said.exit_code, 0) << said.err;
  EXPECT_THAT(said.out, HasSubstr("treated differently            0\n"));
  EXPECT_THAT(said.out, Not(HasSubstr("->")));
}

TEST_P(ReplayCommandTest, TriesTheDraft) {
  server.create_ticket(StaffServer::ticket_request());
  EXPECT_THAT(ccms({"simulate", "replay", "--draft"}).err, HasSubstr("nobody is writing a draft"));
  EXPECT_EQ(ccms({"settings", "import", changed_document()}).exit_code, 0);
  EXPECT_THAT(ccms({"simulate", "replay", "--draft"}).out, HasSubstr("treated differently            1\n"));
}

TEST_P(ReplayCommandTest, RefusesWhatMakesNoSense) {
  EXPECT_THAT(ccms({"simulate", "replay"}).err, HasSubstr("--settings, --version or --draft is required"));
  EXPECT_NE(ccms({"simulate", "replay", "--version", "1", "--last", "0"}).exit_code, 0);
  EXPECT_NE(ccms({"simulate", "replay", "--version", "1", "--last", "5001"}).exit_code, 0);
  EXPECT_EQ(ccms({"simulate", "replay", "--settings", folder.write("bad.json", "{}").string()}).exit_code, 1);
  EXPECT_EQ(ccms({"simulate", "replay", "--settings", "no/such/file"}).exit_code, 1);
}

INSTANTIATE_TEST_SUITE_P(Databases, ReplayCommandTest, ::testing::Values(Backend::sqlite, Backend::mariadb),
                         backend_name);

}  // namespace
}  // namespace ccms::test
