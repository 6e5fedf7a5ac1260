#include "core/workflow/tat.h"

#include <algorithm>

#include "core/workflow/tat_replay.h"

namespace ccms::workflow {

using domain::Instant;

std::vector<TatStatus> evaluate(const TatRulesOf& rules_of, const Timeline& timeline, Instant now) {
  TatReplay replay(rules_of);
  for (const TimelineEntry& entry : timeline) {
    if (entry.at > now) break;
    replay.apply(entry);
  }
  return replay.statuses(now);
}

std::optional<Instant> earliest(std::optional<Instant> a, std::optional<Instant> b) {
  if (!a || !b) return a ? a : b;
  return std::min(*a, *b);
}

std::optional<Instant> earliest_deadline(const std::vector<TatStatus>& statuses, settings::TatClock clock) {
  std::optional<Instant> first;
  for (const TatStatus& status : statuses) {
    if (status.clock == clock && status.role.empty() && status.runs())
      first = earliest(first, status.deadline);
  }
  return first;
}

std::optional<Instant> next_due(const std::vector<TatStatus>& statuses, Instant now) {
  std::optional<Instant> next;
  for (const TatStatus& status : statuses) {
    if (!status.runs()) continue;
    for (const auto& due : {status.aim, status.deadline}) {
      if (due && *due > now) next = earliest(next, due);
    }
  }
  return next;
}

std::vector<BreachNoted> unnoted_breaches(const std::vector<TatStatus>& statuses, const Timeline& timeline) {
  const auto noted = [&](const TatStatus& status, int round) {
    return std::any_of(timeline.begin(), timeline.end(), [&](const TimelineEntry& entry) {
      const auto* breach = std::get_if<BreachNoted>(&entry.change);
      return breach != nullptr && breach->tat == status.tat && breach->role == status.role &&
             breach->clock == status.clock && breach->round == round;
    });
  };
  std::vector<BreachNoted> fresh;
  for (const TatStatus& status : statuses) {
    for (const Breach& breach : status.breaches) {
      if (!noted(status, breach.round))
        fresh.push_back({status.tat, status.role, status.clock, breach.round, breach.at});
    }
  }
  return fresh;
}

}  // namespace ccms::workflow
