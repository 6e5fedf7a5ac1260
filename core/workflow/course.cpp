#include "core/workflow/course.h"

#include <algorithm>

namespace ccms::workflow {

using domain::Instant;
using std::chrono::milliseconds;

milliseconds Measure::between(Instant from, Instant to) const {
  if (calendar != nullptr) return calendar->between(from, to);
  return std::max(milliseconds(0), to - from);
}

std::optional<Instant> Measure::add(Instant from, milliseconds duration) const {
  if (calendar != nullptr) return calendar->add(from, duration);
  return from + duration;
}

void Course::start(Instant at) {
  if (!running()) runs_.push_back({at, std::nullopt});
}

void Course::stop(Instant at) {
  if (running()) runs_.back().until = at;
}

Course Course::clipped(Instant since, std::optional<Instant> until) const {
  Course part;
  for (const Run& run : runs_) {
    Run clipped{std::max(run.from, since), run.until};
    if (until && (!clipped.until || *clipped.until > *until)) clipped.until = until;
    if (!clipped.until || *clipped.until >= clipped.from) part.runs_.push_back(clipped);
  }
  return part;
}

milliseconds Course::length(const Measure& measure, Instant now) const {
  milliseconds total{0};
  for (const Run& run : runs_) total += measure.between(run.from, std::min(run.until.value_or(now), now));
  return total;
}

std::optional<Instant> Course::moment(const Measure& measure, milliseconds length) const {
  milliseconds left = length;
  for (const Run& run : runs_) {
    if (!run.until) return measure.add(run.from, left);
    const milliseconds ran = measure.between(run.from, *run.until);
    if (ran >= left) return measure.add(run.from, left);
    left -= ran;
  }
  return std::nullopt;
}

}  // namespace ccms::workflow
