#include "core/workflow/assignment.h"

#include <algorithm>
#include <string_view>
#include <tuple>

#include "core/workflow/working_time.h"

namespace ccms::workflow {

AssignmentChoice choose_assignee(settings::AssignBy by, const std::vector<AssignmentCandidate>& candidates) {
  // Nothing is before every moment, so whoever never had a turn is first.
  const auto rank = [by](const AssignmentCandidate& candidate) {
    const std::int64_t load = by == settings::AssignBy::least_load ? candidate.load : 0;
    return std::tuple(load, candidate.last_assigned_at, std::string_view(candidate.id));
  };
  const AssignmentCandidate* best = nullptr;
  bool somebody_there = false;
  for (const auto& candidate : candidates) {
    if (candidate.absent) continue;
    somebody_there = true;
    if (!candidate.on_shift) continue;
    if (best == nullptr || rank(candidate) < rank(*best)) best = &candidate;
  }
  if (best != nullptr) return {best->id, {}};
  if (candidates.empty()) return {std::nullopt, NobodyBecause::nobody_works_there};
  return {std::nullopt, somebody_there ? NobodyBecause::nobody_on_shift : NobodyBecause::everybody_absent};
}

bool is_on_shift(const settings::Settings& settings, const settings::Assignment& assignment,
                 const std::string& role, domain::Instant at) {
  if (assignment.shifts.empty()) return true;
  const auto shifts = assignment.shifts_of(role);
  return std::any_of(shifts.begin(), shifts.end(), [&](const settings::Shift* shift) {
    const auto* region = settings::find_by_id(settings.regions, shift->region);
    if (region == nullptr) return false;
    const auto hours = WorkingTime::of(settings::calendar_of(*shift, *region));
    return hours.ok() && hours->is_open(at);
  });
}

}  // namespace ccms::workflow
