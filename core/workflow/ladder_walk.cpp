#include "core/workflow/ladder_walk.h"

namespace ccms::workflow {
namespace {

using domain::Instant;

constexpr std::size_t kMostSteps = 200;

std::optional<Instant> next_entry(const Timeline& timeline, Instant now) {
  for (const auto& entry : timeline) {
    if (entry.at > now) return entry.at;
  }
  return std::nullopt;
}

class Walker {
 public:
  Walker(const LadderWalk& walk, Instant from) : walk_(walk), now_(from) {
    for (const auto& step : walk.taken) note(step);
    timeline_ = walk.timeline_with(walked_.steps);
  }

  Walked run(Instant until) {
    for (;;) {
      look();
      const auto plan = workflow::plan(
          {walk_.escalation, walked_.statuses, fired_, {}, facts_at(timeline_, now_), walk_.rules.holds},
          now_);
      if (!plan.due.empty()) {
        if (walked_.steps.size() == kMostSteps) break;
        take(plan.due.front());
        continue;
      }
      auto next = earliest(next_due(walked_.statuses, now_), plan.next);
      next = earliest(next, next_entry(timeline_, now_));
      if (!next || *next > until) {
        now_ = std::max(now_, until);
        look();
        return std::move(walked_);
      }
      now_ = *next;
    }
    walked_.endless = true;
    return std::move(walked_);
  }

 private:
  void look() {
    walked_.statuses = evaluate([this](std::int64_t) { return &walk_.rules; }, timeline_, now_);
    if (walk_.watch) walk_.watch(walked_.statuses);
  }

  void note(const WalkedStep& step) {
    fired_.push_back(
        {step.due.key, step.at, walk_.acknowledged ? walk_.acknowledged(step.at) : std::nullopt});
    walked_.steps.push_back(step);
  }

  void take(const DueStep& due) {
    note({due, now_});
    timeline_ = walk_.timeline_with(walked_.steps);
  }

  const LadderWalk& walk_;
  Instant now_;
  Walked walked_;
  Timeline timeline_;
  std::vector<FiredStep> fired_;
};

}  // namespace

Walked walk_ladders(const LadderWalk& walk, Instant from, Instant until) {
  return Walker(walk, from).run(until);
}

}  // namespace ccms::workflow
