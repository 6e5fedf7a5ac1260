#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/server/cli/program.h"
#include "tests/server/support/on_both_backends.h"

namespace ccms::test {
namespace {

using testing::HasSubstr;

class SimulateCommandTest : public OnBothBackends {
 protected:
  Program ccms{server.config()};
};

TEST_P(SimulateCommandTest, SaysWhereATicketGoesWhenItIsDueAndWhoIsTold) {
  const Said said = ccms({"simulate", "--store", "S001", "--category", "other", "--at", "2026-11-27T17:50"});
  EXPECT_EQ(said.exit_code, 0) << said.err;
  EXPECT_THAT(said.out, HasSubstr("2026-11-27 17:50  goes to Customer care, priority Medium"));
  EXPECT_THAT(said.out, HasSubstr("2026-11-27 17:50  tells the customer by sms and email"));
  EXPECT_THAT(said.out, HasSubstr("2026-12-03 20:00  deadline: done (Other tickets)"));
  EXPECT_THAT(said.out,
              HasSubstr("2026-12-03 20:00  resolution, late: tells department_staff, store_manager"));
  EXPECT_THAT(said.out, HasSubstr("2026-12-04 07:00    the message leaves")) << "after the quiet hours";
}

TEST_P(SimulateCommandTest, NamesWhatItDoesNotKnow) {
  Said said = ccms({"simulate", "--store", "S999", "--at", "2026-11-27T17:50"});
  EXPECT_EQ(said.exit_code, 1);
  EXPECT_THAT(said.err, HasSubstr("--store: there is no such store"));
  said = ccms({"simulate", "--store", "S001", "--category", "moods", "--at", "2026-11-27T17:50"});
  EXPECT_THAT(said.err, HasSubstr("--category: "));
  for (const char* at : {"Friday", "2026-13-01T10:00", "2026-11-27"}) {
    said = ccms({"simulate", "--store", "S001", "--at", at});
    EXPECT_EQ(said.exit_code, 1);
    EXPECT_THAT(said.err, HasSubstr("--at: ")) << at;
  }
}

CCMS_ON_BOTH_BACKENDS(SimulateCommandTest);

}  // namespace
}  // namespace ccms::test
