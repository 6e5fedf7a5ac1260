#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "tests/server/cli/program.h"
#include "tests/server/support/on_both_backends.h"

namespace ccms::test {
namespace {

using testing::HasSubstr;

class SimulateCommandTest : public OnBothBackends {
 protected:
  Program ccms{server.config()};
};

TEST_P(SimulateCommandTest, SaysWhereAFridayEveningsTicketGoesWhenItIsDueAndWhoIsToldInEachRegion) {
  // Germany works on Saturdays until one and in Advent until eight, when staff are not written to any more.
  for (const std::string store : {"S001", "S008", "S011"}) {
    const Said said = ccms({"simulate", "--store", store, "--category", "other", "--at", "2026-11-27T17:50"});
    EXPECT_EQ(said.exit_code, 0) << said.err;
    std::ifstream golden(std::filesystem::path(CCMS_GOLDEN_SIMULATION) / (store + ".txt"));
    const std::string expected{std::istreambuf_iterator<char>(golden), {}};
    EXPECT_EQ(said.out, expected) << store;
  }
}

TEST_P(SimulateCommandTest, TriesAFileAVersionOrTheDraft) {
  const TempFolder folder;
  auto document = nlohmann::json::parse(sample_settings());
  document["routing"]["fallback"]["department"] = "store_operations";
  const auto file = folder.write("next.json", document.dump()).string();
  const std::vector<std::string> ticket = {"simulate", "--store", "S001", "--at", "2026-11-27T17:50"};
  const auto with = [&](std::vector<std::string> more) {
    more.insert(more.begin(), ticket.begin(), ticket.end());
    return ccms(more);
  };
  EXPECT_THAT(with({"--draft"}).err, HasSubstr("nobody is writing a draft"));
  EXPECT_EQ(ccms({"settings", "import", file}).exit_code, 0);
  EXPECT_THAT(with({"--settings", file}).out, HasSubstr("goes to Store operations"));
  EXPECT_THAT(with({"--draft"}).out, HasSubstr("goes to Store operations"));
  EXPECT_THAT(with({"--version", "1"}).out, HasSubstr("goes to Customer care"));
  EXPECT_THAT(with({"--version", "2"}).err, HasSubstr("there is no such version"));
  EXPECT_NE(with({"--version", "1", "--draft"}).exit_code, 0);
}

TEST_P(SimulateCommandTest, NamesWhatItDoesNotKnow) {
  EXPECT_THAT(ccms({"simulate", "--store", "S001"}).err, HasSubstr("--at is required"));
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
