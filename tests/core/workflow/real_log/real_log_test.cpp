// A bank's real incidents replayed through a workflow and turn-around times. The numbers that are asserted
// are facts of this log and this workflow, counted apart from the code; what the oracle finds is not among
// them.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdio>
#include <map>
#include <ostream>
#include <string>
#include <utility>
#include <vector>

#include "core/workflow/tat.h"
#include "core/workflow/tat_replay.h"
#include "tests/core/workflow/oracle/tat_oracle.h"
#include "tests/core/workflow/real_log/log.h"
#include "tests/core/workflow/real_log/process.h"
#include "tests/core/workflow/real_log/targets.h"

namespace ccms::workflow {
namespace {

using domain::Instant;
using ::testing::ElementsAre;
using testing::LoggedCase;
using testing::OracleStatus;
using ::testing::Pair;
using testing::ReplayedCase;

/// The log ends on the last day before.
constexpr Instant kUntil = std::chrono::sys_days(std::chrono::year(2014) / 4 / 1);
constexpr Instant kFrom = std::chrono::sys_days(std::chrono::year(2013) / 3 / 1);

/// The sanitizers look at memory, not at results: for them every tenth case will do.
constexpr std::size_t kStride = 10'000 / testing::kOracleCases;

/// How the tickets of a priority fared under one turn-around time.
struct Tally {
  int cases = 0, aim_met = 0, met = 0, breached = 0, open_in_time = 0, open_late = 0;

  bool operator==(const Tally&) const = default;
};

/// Status is the code's or the oracle's.
template <class Status>
void count(Tally& tally, const Status& status, bool closed) {
  const bool late = !status.breaches.empty();
  ++tally.cases;
  // An aim that was passed is a moment; one that was met never came.
  tally.aim_met += closed && !status.aim ? 1 : 0;
  tally.met += closed && !late ? 1 : 0;
  tally.breached += closed && late ? 1 : 0;
  tally.open_in_time += !closed && !late ? 1 : 0;
  tally.open_late += !closed && late ? 1 : 0;
}

std::ostream& operator<<(std::ostream& out, const Tally& tally) {
  return out << tally.cases << " cases, " << tally.aim_met << " within the aim, " << tally.met << " met, "
             << tally.breached << " breached, open: " << tally.open_in_time << " in time, " << tally.open_late
             << " late";
}

/// By turn-around time and priority.
using Tallies = std::map<std::pair<std::string, std::string>, Tally>;

void expect_same(const TatStatus& status, const OracleStatus& oracle) {
  SCOPED_TRACE(oracle.tat);
  ASSERT_FALSE(oracle.beyond);
  EXPECT_EQ(status.tat, oracle.tat);
  EXPECT_EQ(status.in_force, oracle.in_force);
  EXPECT_EQ(status.round, oracle.round);
  EXPECT_EQ(status.started, oracle.started);
  EXPECT_EQ(status.paused, oracle.paused);
  EXPECT_EQ(status.stopped, oracle.stopped);
  EXPECT_EQ(status.elapsed, std::chrono::minutes(oracle.elapsed_minutes));
  EXPECT_EQ(status.breaches, oracle.breaches);
  if (!oracle.deadline_known) return;
  EXPECT_EQ(status.deadline, oracle.deadline);
  EXPECT_EQ(status.aim, oracle.aim);
}

class RealLog : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    cases_ = testing::read_real_log();
    const settings::Settings settings = testing::real_log_settings(cases_);
    for (const LoggedCase& one : cases_) replayed_.push_back(testing::replay(settings, one));
    versions_ = {{0, testing::real_log_targets()}};
    rules_.tats = versions_.at(0).tats;
    rules_.holds = testing::oracle_holds;
    rules_.calendars.emplace("nl", WorkingTime::of(versions_.at(0).calendars.at("nl")).value());
  }

  static const TatRules* rules_of(std::int64_t /*version*/) { return &rules_; }

  /// A closed ticket is looked at when the last thing happened to it, an open one at the end of the log.
  static Instant now_of(const ReplayedCase& replayed) {
    return replayed.closed() ? replayed.timeline.back().at : kUntil;
  }

  static Tallies tallies() {
    Tallies tallies;
    for (std::size_t i = 0; i < cases_.size(); ++i) {
      for (const TatStatus& status : evaluate(rules_of, replayed_[i].timeline, now_of(replayed_[i])))
        count(tallies[{status.tat, cases_[i].priority}], status, replayed_[i].closed());
    }
    return tallies;
  }

  static std::vector<LoggedCase> cases_;
  static std::vector<ReplayedCase> replayed_;
  static std::map<std::int64_t, testing::OracleVersion> versions_;
  static TatRules rules_;
};

std::vector<LoggedCase> RealLog::cases_;
std::vector<ReplayedCase> RealLog::replayed_;
std::map<std::int64_t, testing::OracleVersion> RealLog::versions_;
TatRules RealLog::rules_;

TEST_F(RealLog, IsClosedByTheOrderOfItsEvents) {
  int closed = 0, open = 0;
  std::printf("still open:");
  for (std::size_t i = 0; i < cases_.size(); ++i) {
    const auto& events = cases_[i].events;
    EXPECT_EQ(replayed_[i].closed(),
              std::any_of(events.begin(), events.end(),
                          [](const auto& event) { return event.activity == "Closed"; }))
        << cases_[i].id;
    if (replayed_[i].closed()) {
      ++closed;
      continue;
    }
    ++open;
    std::printf(" %s", cases_[i].id.c_str());
    EXPECT_EQ(replayed_[i].state, "with_vendor") << cases_[i].id;
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
  EXPECT_EQ(taken, 10'583U);
  EXPECT_EQ(notes, 8'897U);
  EXPECT_EQ(taken + forbidden + notes, events);
  EXPECT_THAT(by_kind,
              ElementsAre(Pair(Pair("closed", "Assignment"), 103), Pair(Pair("closed", "Closed"), 23),
                          Pair(Pair("closed", "Reassignment"), 56), Pair(Pair("closed", "Resolved"), 3),
                          Pair(Pair("closed", "Status Change"), 17)));
}

TEST_F(RealLog, HasTheDeadlinesAndBreachesThatTheOracleFinds) {
  const testing::WallMinutes wall({testing::kRealLogZone, kFrom, kUntil});
  Tallies found, by_the_oracle;
  for (std::size_t i = 0; i < cases_.size(); i += kStride) {
    SCOPED_TRACE(cases_[i].id);
    const Timeline& timeline = replayed_[i].timeline;
    const auto statuses = evaluate(rules_of, timeline, now_of(replayed_[i]));
    const auto expected = testing::live_through(versions_, wall, timeline, now_of(replayed_[i]));
    ASSERT_EQ(statuses.size(), 4U);
    ASSERT_EQ(expected.size(), 4U);
    for (std::size_t k = 0; k < statuses.size(); ++k) {
      expect_same(statuses[k], expected[k]);
      count(found[{statuses[k].tat, cases_[i].priority}], statuses[k], replayed_[i].closed());
      count(by_the_oracle[{expected[k].tat, cases_[i].priority}], expected[k], replayed_[i].closed());
    }
    ASSERT_FALSE(HasFailure());
  }
  EXPECT_EQ(found, by_the_oracle);
  // Or the log would prove nothing.
  for (const auto& [kind, tally] : by_the_oracle) EXPECT_GT(tally.met, 0) << kind.first << ' ' << kind.second;
}

TEST_F(RealLog, ReadsTheSameEventByEvent) {
  for (std::size_t i = 0; i < cases_.size(); i += kStride) {
    SCOPED_TRACE(cases_[i].id);
    TatReplay live(rules_of);
    for (const TimelineEntry& entry : replayed_[i].timeline) {
      live.apply(entry);
      live.statuses(entry.at);  // who looks changes nothing
    }
    const auto seen = live.statuses(now_of(replayed_[i]));
    const auto read = evaluate(rules_of, replayed_[i].timeline, now_of(replayed_[i]));
    ASSERT_EQ(seen.size(), read.size());
    for (std::size_t k = 0; k < seen.size(); ++k) {
      ASSERT_EQ(seen[k].tat, read[k].tat);
      ASSERT_EQ(seen[k].elapsed, read[k].elapsed);
      ASSERT_EQ(seen[k].deadline, read[k].deadline);
      ASSERT_EQ(seen[k].breaches, read[k].breaches);
    }
  }
}

TEST_F(RealLog, IsReportedByPriority) {
  const Tallies all = tallies();
  std::printf("%-11s %-17s %6s %7s %5s %9s  %s\n", "", "maximum", "cases", "in aim", "met", "breached",
              "open: in time, past deadline");
  for (const auto& [kind, tally] : all) {
    const auto& [tat, priority] = kind;
    const bool has_aim = !settings::find_by_id(rules_.tats, tat)->minimum.empty();
    std::printf("%-9s %s %-17s %6d %7s %5d %9d  %13d %14d\n", tat.c_str(), priority.c_str(),
                testing::maximum_of(versions_.at(0), tat).c_str(), tally.cases,
                has_aim ? std::to_string(tally.aim_met).c_str() : "-", tally.met, tally.breached,
                tally.open_in_time, tally.open_late);
  }
  struct Facts {
    const char* priority;
    int cases;
    int open;
    int open_past_the_law;  ///< opened more than twenty days before the log's end, whoever had it since
  };
  for (const Facts& facts : {Facts{"2", 30, 11, 10}, {"3", 268, 2, 2}, {"4", 943, 2, 2}, {"5", 694, 0, 0}}) {
    SCOPED_TRACE(facts.priority);
    for (const std::string& tat : {testing::resolution_of(facts.priority), std::string(testing::kByLaw)}) {
      const Tally& tally = all.at({tat, facts.priority});
      EXPECT_EQ(tally.cases, facts.cases);
      EXPECT_EQ(tally.open_in_time + tally.open_late, facts.open);
      EXPECT_EQ(tally.met + tally.breached, facts.cases - facts.open);
    }
    EXPECT_EQ(all.at({testing::kByLaw, facts.priority}).open_late, facts.open_past_the_law);
  }
}

}  // namespace
}  // namespace ccms::workflow
