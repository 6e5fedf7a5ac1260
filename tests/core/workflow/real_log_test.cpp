// A bank's real incidents replayed through a workflow and turn-around times.

#include "tests/core/workflow/real_log.h"

#include <gtest/gtest.h>

#include <cstdio>

#include "core/workflow/tat.h"
#include "tests/core/workflow/oracle/tat_oracle.h"

namespace ccms::workflow {
namespace {

using domain::Instant;
using settings::Span;
using settings::Tat;
using settings::TatClock;
using testing::OracleStatus;
using testing::ReplayedCase;

constexpr std::int64_t kHour = 60;

/// Urgent ones are counted on the clock, the rest on the bank's calendar.
testing::OracleVersion version() {
  testing::OracleVersion version;
  const std::pair<const char*, Span> maxima[] = {{"2", {Span::Unit::elapsed_minutes, 8 * kHour}},
                                                 {"3", {Span::Unit::working_minutes, 16 * kHour}},
                                                 {"4", {Span::Unit::working_days, 5}},
                                                 {"5", {Span::Unit::working_days, 10}}};
  for (const auto& [priority, maximum] : maxima) {
    Tat tat;
    tat.id = std::string("resolve ") + priority;
    tat.when.priority = {priority};
    tat.maximum = maximum;
    tat.minimum_otherwise = Span{Span::Unit::working_minutes, 4 * kHour};
    version.tats.push_back(tat);
  }
  Tat answer;
  answer.id = "answer";
  answer.clock = TatClock::first_response;
  answer.maximum = Span{Span::Unit::working_minutes, 2 * kHour};
  version.tats.push_back(answer);
  version.calendars["nl"] = {
      testing::kRealLogZone, {{0b0011111, 8 * 60, 18 * 60}}, {}, {"2013-12-25", "2013-12-26", "2014-01-01"}};
  return version;
}

struct Tally {
  int cases = 0, open = 0, late = 0, late_by_the_oracle = 0, answered_late = 0;
  std::int64_t minutes = 0;  ///< of the resolution clock
};

class RealLog : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    cases_ = testing::read_real_log();
    const settings::Settings settings = testing::real_log_settings();
    for (const testing::LoggedCase& one : cases_) replayed_.push_back(testing::replay(settings, one));
  }

  static std::vector<testing::LoggedCase> cases_;
  static std::vector<ReplayedCase> replayed_;
};

std::vector<testing::LoggedCase> RealLog::cases_;
std::vector<ReplayedCase> RealLog::replayed_;

TEST_F(RealLog, IsClosedByTheOrderOfItsEvents) {
  int closed = 0, open = 0;
  std::printf("still open:");
  for (std::size_t i = 0; i < cases_.size(); ++i) {
    (replayed_[i].closed ? closed : open) += 1;
    if (!replayed_[i].closed) std::printf(" %s", cases_[i].id.c_str());
  }
  std::printf("\n%d cases are closed, %d are open\n", closed, open);
  EXPECT_EQ(closed, 1920);
  EXPECT_EQ(open, 15);
}

TEST_F(RealLog, HasTransitionsThatTheWorkflowForbidsWhichAreCountedNotSkipped) {
  std::size_t events = 0, taken = 0, notes = 0, forbidden = 0;
  std::map<std::pair<std::string, std::string>, std::size_t> by_kind;
  for (std::size_t i = 0; i < cases_.size(); ++i) {
    events += cases_[i].events.size();
    taken += replayed_[i].taken;
    notes += replayed_[i].notes;
    for (const auto& [kind, count] : replayed_[i].forbidden) {
      by_kind[kind] += count;
      forbidden += count;
    }
  }
  std::printf("%zu events: %zu transitions, %zu forbidden transitions, %zu notes\n", events, taken, forbidden,
              notes);
  for (const auto& [kind, count] : by_kind)
    std::printf("  forbidden: %-28s of a ticket that is %-12s %5zu\n", kind.second.c_str(),
                kind.first.c_str(), count);
  EXPECT_EQ(events, 19'682U);
  EXPECT_EQ(taken + forbidden + notes, events);
  EXPECT_GT(forbidden, 0U);
}

TEST_F(RealLog, HasTheDeadlinesAndBreachesThatTheOracleFinds) {
  const std::map<std::int64_t, testing::OracleVersion> versions = {{0, version()}};
  TatRules rules;
  rules.tats = versions.at(0).tats;
  rules.holds = testing::oracle_holds;
  rules.calendars.emplace("nl", WorkingTime::of(versions.at(0).calendars.at("nl")).value());
  const TatRulesOf rules_of = [&rules](std::int64_t) { return &rules; };
  const Instant from = std::chrono::sys_days(std::chrono::year(2013) / 3 / 1);
  const Instant until = std::chrono::sys_days(std::chrono::year(2014) / 4 / 1);
  const testing::WallMinutes wall({testing::kRealLogZone, from, until});

  std::map<std::string, Tally> tallies;
  for (std::size_t i = 0; i < cases_.size(); ++i) {
    SCOPED_TRACE(cases_[i].id);
    const Timeline& timeline = replayed_[i].timeline;
    const Instant now = replayed_[i].closed ? timeline.back().at : until;
    const auto statuses = evaluate(rules_of, timeline, now);
    const auto expected = testing::live_through(versions, wall, timeline, now);
    ASSERT_EQ(statuses.size(), 2U);
    ASSERT_EQ(expected.size(), 2U);
    Tally& tally = tallies[cases_[i].priority];
    ++tally.cases;
    tally.open += replayed_[i].closed ? 0 : 1;
    for (std::size_t k = 0; k < statuses.size(); ++k) {
      const TatStatus& status = statuses[k];
      const OracleStatus& oracle = expected[k];
      ASSERT_EQ(status.tat, oracle.tat);
      ASSERT_EQ(status.elapsed, std::chrono::minutes(oracle.elapsed_minutes));
      ASSERT_EQ(status.breaches, oracle.breaches);
      if (oracle.deadline_known) {
        ASSERT_EQ(status.deadline, oracle.deadline);
        ASSERT_EQ(status.aim, oracle.aim);
      }
      if (status.clock == TatClock::resolution) {
        tally.late += status.breached_at ? 1 : 0;
        tally.late_by_the_oracle += oracle.breaches.empty() ? 0 : 1;
        tally.minutes += oracle.elapsed_minutes;
      } else {
        tally.answered_late += status.breached_at ? 1 : 0;
      }
    }
  }
  std::printf("priority  cases  open  resolved late (oracle)  answered late  mean hours\n");
  for (const auto& [priority, tally] : tallies) {
    std::printf("%8s  %5d  %4d  %13d %8d  %13d  %10.1f\n", priority.c_str(), tally.cases, tally.open,
                tally.late, tally.late_by_the_oracle, tally.answered_late,
                static_cast<double>(tally.minutes) / kHour / tally.cases);
    EXPECT_EQ(tally.late, tally.late_by_the_oracle);
    EXPECT_GT(tally.late, 0);
  }
}

}  // namespace
}  // namespace ccms::workflow
