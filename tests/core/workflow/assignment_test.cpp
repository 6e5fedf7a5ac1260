#include "core/workflow/assignment.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "tests/core/settings/sample_settings.h"

namespace ccms::workflow {
namespace {

using domain::Instant;
using settings::AssignBy;

Instant at(const char* text) { return domain::parse_rfc3339(text).value(); }

AssignmentCandidate candidate(const char* id, std::int64_t load, std::optional<int> minute = std::nullopt) {
  AssignmentCandidate out;
  out.id = id;
  out.load = load;
  if (minute) out.last_assigned_at = at("2026-11-23T09:00:00.000Z") + std::chrono::minutes(*minute);
  return out;
}

/// The choice, whatever the order in which the candidates are given.
std::string chosen(AssignBy by, std::vector<AssignmentCandidate> candidates) {
  const auto by_id = [](const auto& a, const auto& b) { return a.id < b.id; };
  std::sort(candidates.begin(), candidates.end(), by_id);
  const auto first = choose_assignee(by, candidates).id.value_or("");
  while (std::next_permutation(candidates.begin(), candidates.end(), by_id))
    EXPECT_EQ(choose_assignee(by, candidates).id.value_or(""), first);
  return first;
}

TEST(Assignment, LeastLoadTakesWhoHasTheFewest) {
  EXPECT_EQ(chosen(AssignBy::least_load, {candidate("a", 3, 1), candidate("b", 1, 9), candidate("c", 2, 0)}),
            "b");
}

TEST(Assignment, AmongEqualLoadsTheTurnLongestAgoDecidesAndThenTheId) {
  EXPECT_EQ(chosen(AssignBy::least_load, {candidate("a", 1, 5), candidate("b", 1, 2), candidate("c", 1, 9)}),
            "b");
  EXPECT_EQ(chosen(AssignBy::least_load, {candidate("b", 1, 5), candidate("a", 1, 5)}), "a");
}

TEST(Assignment, RoundRobinAsksForTheTurnAloneAndWhoNeverHadOneIsFirst) {
  EXPECT_EQ(chosen(AssignBy::round_robin, {candidate("a", 0, 5), candidate("b", 9, 2)}), "b");
  EXPECT_EQ(chosen(AssignBy::round_robin, {candidate("a", 0, 5), candidate("b", 9)}), "b");
}

TEST(Assignment, WhoIsAbsentOrOffShiftIsSkipped) {
  auto away = candidate("a", 0);
  away.absent = true;
  auto off = candidate("b", 0);
  off.on_shift = false;
  EXPECT_EQ(chosen(AssignBy::least_load, {away, off, candidate("c", 7)}), "c");
}

TEST(Assignment, WithNobodyItSaysWhy) {
  const auto why = [](const std::vector<AssignmentCandidate>& candidates) {
    const auto choice = choose_assignee(AssignBy::least_load, candidates);
    EXPECT_FALSE(choice.id);
    return domain::to_text(choice.nobody_because);
  };
  auto away = candidate("a", 0);
  away.absent = true;
  auto off = candidate("b", 0);
  off.on_shift = false;
  EXPECT_EQ(why({}), "nobody_works_there");
  EXPECT_EQ(why({away}), "everybody_absent");
  EXPECT_EQ(why({away, off}), "nobody_on_shift");
}

TEST(Assignment, AShiftIsItsHoursInItsRegionForItsRoles) {
  const auto& region = settings::testing::sample().regions.front();  // Germany
  settings::Assignment assignment;
  EXPECT_TRUE(is_on_shift(settings::testing::sample(), assignment, "hq", at("2026-11-22T03:00:00.000Z")))
      << "no shifts at all";
  assignment.shifts.push_back({"late", region.id, {{{1, 14 * 60, 16 * 60}}}, {"department_staff"}});
  const auto works = [&](const char* role, const char* moment) {
    return is_on_shift(settings::testing::sample(), assignment, role, at(moment));
  };
  EXPECT_TRUE(works("department_staff", "2026-11-23T13:00:00.000Z")) << "14:00 there, a Monday";
  EXPECT_FALSE(works("department_staff", "2026-11-23T15:00:00.000Z"));
  EXPECT_FALSE(works("hq", "2026-11-23T13:00:00.000Z")) << "another role's shift";
}

TEST(Assignment, TheDocumentSaysItAndWhatIsWrongIsNamed) {
  using settings::testing::sample_json;
  const auto load = [](const nlohmann::json& assignment) {
    auto document = sample_json();
    document["departments"][0]["assignment"] = assignment;
    return settings::load_settings(document.dump(), settings::testing::sample_options());
  };
  const std::string region = sample_json()["regions"][0]["id"];
  const auto good = load({{"by", "round_robin"}, {"shifts", {{{"id", "day"}, {"region", region}}}}});
  ASSERT_TRUE(good.ok()) << settings::to_string(good.problems.front());
  const auto& read = good.value->assignments.at(sample_json()["departments"][0]["id"]);
  EXPECT_EQ(read.by, AssignBy::round_robin);
  ASSERT_EQ(read.shifts.size(), 1U);
  EXPECT_FALSE(read.shifts[0].hours);

  const auto field = [&](const nlohmann::json& assignment) {
    const auto loaded = load(assignment);
    return loaded.ok() ? std::string() : loaded.problems.front().error.field;
  };
  const std::string path = "/departments/0/assignment";
  EXPECT_EQ(field({{"by", "lot"}}), path + "/by");
  const auto shift = [&](const char* member, const nlohmann::json& value) {
    nlohmann::json out = {{"id", "day"}, {"region", region}};
    out[member] = value;
    return nlohmann::json{{"by", "least_load"}, {"shifts", {out}}};
  };
  EXPECT_EQ(field(shift("region", "atlantis")), path + "/shifts/0/region");
  EXPECT_EQ(field(shift("roles", {"emperor"})), path + "/shifts/0/roles/0");
  EXPECT_EQ(field(shift("hours", {{{"days", {"mon"}}, {"from", "16:00"}, {"to", "09:00"}}})),
            path + "/shifts/0/hours/0/to");
}

}  // namespace
}  // namespace ccms::workflow
