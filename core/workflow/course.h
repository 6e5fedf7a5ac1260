#pragma once

#include <chrono>
#include <optional>
#include <vector>

#include "core/domain/time.h"
#include "core/workflow/working_time.h"

namespace ccms::workflow {

/// How time is counted: on a calendar, or (null) simply on the clock. The calendar belongs to the rules.
struct Measure {
  const WorkingTime* calendar = nullptr;

  std::chrono::milliseconds between(domain::Instant from, domain::Instant to) const;
  std::optional<domain::Instant> add(domain::Instant from, std::chrono::milliseconds duration) const;
};

/// When something ran: intervals one after the other, the last of them perhaps still running.
class Course {
 public:
  /// Moments come in ascending order. What runs already goes on; what stands still stays so.
  void start(domain::Instant at);
  void stop(domain::Instant at);
  bool running() const noexcept { return !runs_.empty() && !runs_.back().until; }

  /// The part from `since` on and, when given, until then.
  Course clipped(domain::Instant since, std::optional<domain::Instant> until) const;

  /// How long it has run until `now`.
  std::chrono::milliseconds length(const Measure& measure, domain::Instant now) const;

  /// When it had, or will have, run that long. Nothing when it stopped before, or the calendar never gives
  /// that much.
  std::optional<domain::Instant> moment(const Measure& measure, std::chrono::milliseconds length) const;

 private:
  struct Run {
    domain::Instant from;
    std::optional<domain::Instant> until;
  };

  std::vector<Run> runs_;
};

}  // namespace ccms::workflow
