#pragma once

#include <functional>
#include <optional>
#include <vector>

#include "core/domain/time.h"
#include "core/workflow/escalation.h"
#include "core/workflow/tat.h"
#include "core/workflow/timeline.h"

namespace ccms::workflow {

/// A step of a ladder, as it is taken when time passes.
struct WalkedStep {
  DueStep due;
  domain::Instant at;
};

/// A ticket whose ladders are climbed step by step, without a database and without anybody being told.
struct LadderWalk {
  const TatRules& rules;
  const settings::Escalation& escalation;
  /// The ticket's history once these steps were taken in it: what they set is a change of its facts.
  std::function<Timeline(const std::vector<WalkedStep>&)> timeline_with;
  /// When somebody first acknowledged a step that was taken then; empty: nobody does.
  std::function<std::optional<domain::Instant>(domain::Instant)> acknowledged{};
  /// Shown how the clocks stand at each moment that is looked at; may be empty.
  std::function<void(const std::vector<TatStatus>&)> watch{};
  /// Steps that were taken before.
  std::vector<WalkedStep> taken{};
};

struct Walked {
  std::vector<WalkedStep> steps;    ///< by moment, after those taken before; they point into the escalation
  std::vector<TatStatus> statuses;  ///< at the end
  bool endless = false;             ///< there would be more steps than are worth listing
};

/// Lets time pass from `from` to `until`, from one moment at which something happens or is due to the next.
/// Each step is taken when it is due, one alone: what it changes decides whether the next is due still.
Walked walk_ladders(const LadderWalk& walk, domain::Instant from, domain::Instant until);

}  // namespace ccms::workflow
