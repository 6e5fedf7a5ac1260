#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "core/domain/time.h"
#include "tests/server/cli/program.h"
#include "tests/server/support/on_both_backends.h"

namespace ccms::test {
namespace {

using nlohmann::json;
using testing::HasSubstr;

class TillCommandTest : public OnBothBackends {
 protected:
  static std::string code_of(const server::Response& response) {
    const json body = json::parse(response.body, nullptr, false);
    return body.is_object() ? body.value("code", "") : "";
  }

  std::int64_t captures() { return server.count("SELECT COUNT(*) AS n FROM captures"); }

  Program ccms{server.config()};
};

TEST_P(TillCommandTest, TheListShowsEveryEnrolledTillAndWhenItLastSynchronised) {
  another_till("S002", "S002-T1");
  till.send(transport(), {till.sign(till.created())});
  ASSERT_EQ(ccms({"till", "disable", "S002-T1"}).exit_code, 0);

  const Said said = ccms({"till", "list"});
  EXPECT_EQ(said.exit_code, 0) << said.err;
  EXPECT_EQ(said.out, "S001-T1\tS001\tenabled\t" + domain::format_rfc3339(server.clock().now()) +
                          "\nS002-T1\tS002\tdisabled\t-\n");
}

TEST_P(TillCommandTest, ADisabledTillIsRefusedAndWhatItHoldsComesInOnceItIsEnabled) {
  const auto before = till.sign(till.created());
  const auto waiting = till.sign(till.created());
  till.send(transport(), {before});
  FakeTill other = another_till("S001", "S001-T2");

  EXPECT_EQ(ccms({"till", "disable", "S001-T1"}).out, "S001-T1 disabled\n");
  for (int attempt = 0; attempt < 2; ++attempt) {
    const auto refused = server.send(till.batch_request({waiting}));
    EXPECT_EQ(refused.status, 403);
    EXPECT_EQ(code_of(refused), "till_disabled");
  }
  EXPECT_EQ(code_of(server.send(till.request("POST", "/api/v1/tills/prefix", "{}"))), "till_disabled");
  till.draw_key();
  EXPECT_EQ(code_of(server.send(till.rekey_again_request())), "till_disabled");
  EXPECT_EQ(captures(), 1) << "nothing was stored, nothing that was stored is gone";
  EXPECT_EQ(other.send_one(transport(), other.sign(other.created())).outcome, wire::CaptureOutcome::stored);

  EXPECT_EQ(ccms({"till", "enable", "S001-T1"}).out, "S001-T1 enabled\n");
  EXPECT_EQ(till.send_one(transport(), waiting).outcome, wire::CaptureOutcome::stored) << "the same bytes";
  EXPECT_EQ(till.send_one(transport(), before).outcome, wire::CaptureOutcome::duplicate);
  EXPECT_EQ(captures(), 3);
}

TEST_P(TillCommandTest, ATillThatEnrolsAnewStaysDisabled) {
  ASSERT_EQ(ccms({"till", "disable", "S001-T1"}).exit_code, 0);
  till.draw_key();
  till.enrol(transport(), server.enrolment_code("S001", "S001-T1"));
  EXPECT_EQ(code_of(server.send(till.batch_request({till.sign(till.created())}))), "till_disabled");
}

TEST_P(TillCommandTest, ATillThatIsNotEnrolledIsNamed) {
  for (const char* command : {"disable", "enable"}) {
    const Said said = ccms({"till", command, "S001-T9"});
    EXPECT_EQ(said.exit_code, 1);
    EXPECT_EQ(said.out, "");
    EXPECT_EQ(said.err, "no till S001-T9 is enrolled\n");
  }
  EXPECT_EQ(server.count("SELECT COUNT(*) AS n FROM tills WHERE enabled = 1"), 1);
}

TEST_P(TillCommandTest, AChangeIsLoggedOnceAndDoingItAgainChangesNothing) {
  const auto noted = [&](const char* action) {
    return server.count("SELECT COUNT(*) AS n FROM audit_log WHERE action = ? AND subject_id = 'S001-T1'",
                        {std::string(action)});
  };
  EXPECT_EQ(ccms({"till", "disable", "S001-T1"}).err, "");
  const Said again = ccms({"till", "disable", "S001-T1"});
  EXPECT_EQ(again.exit_code, 0);
  EXPECT_EQ(again.out, "S001-T1 was disabled already\n");
  EXPECT_EQ(again.err, "");
  EXPECT_EQ(noted("till.disabled"), 1);
  EXPECT_EQ(ccms({"till", "enable", "S001-T1"}).err, "");
  EXPECT_EQ(noted("till.enabled"), 1);
}

CCMS_ON_BOTH_BACKENDS(TillCommandTest);

}  // namespace
}  // namespace ccms::test
