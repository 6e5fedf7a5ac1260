#pragma once

#include <compare>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "core/domain/time.h"
#include "core/settings/escalation_settings.h"
#include "core/settings/settings.h"
#include "core/workflow/roster.h"
#include "core/workflow/tat.h"
#include "core/workflow/timeline.h"

/// The escalation ladder as a pure function: what is due now, what comes next.
namespace ccms::workflow {

/// Names one step for one ticket: with the ticket's id it can be used once, however many processes look.
struct StepKey {
  std::string tat;   ///< or empty: a role's time
  std::string role;  ///< or empty
  settings::TatClock clock = settings::TatClock::resolution;
  int round = 1;
  std::string ladder;
  std::string step;

  auto operator<=>(const StepKey&) const = default;
};

/// A step that the ticket's history holds.
struct FiredStep {
  StepKey key;
  domain::Instant at;
  std::optional<domain::Instant> acknowledged_at;
};

struct DueStep {
  StepKey key;
  const settings::EscalationStep* step = nullptr;  ///< into the ladders
  domain::Instant due_at;
  /// When to tell people: now, after the quiet hours, or with the next digest. Priority and assignment
  /// change at once.
  domain::Instant tell_at;
  std::vector<std::string> people;                ///< user ids for the step's roles, each once
  std::vector<std::string> roles_without_people;  ///< nobody of them is there, and nobody covers
};

struct EscalationPlan {
  std::vector<DueStep> due;             ///< by moment, then in the ladders' order
  std::optional<domain::Instant> next;  ///< when to look again, if nothing happens before
};

struct EscalationView {
  const settings::Escalation& settings;
  const std::vector<TatStatus>& statuses;
  const std::vector<FiredStep>& fired;
  const Roster& roster;
  const TatFacts& facts;
  /// Whether a step's conditions hold for the ticket; none: always.
  std::function<bool(const settings::TicketConditions&, const TatFacts&)> holds;
};

/// A clock that stands still fires nothing; what became due before is due when it runs again. A step whose
/// conditions do not hold is due once they do.
EscalationPlan plan(const EscalationView& view, domain::Instant now);

/// The ladder that a role's time makes: its id is "role:" and the role's; one step an alert, "percent:80".
settings::EscalationLadder ladder_of(const settings::RoleTime& time);

/// The chain's ladders and those of its role times.
settings::Escalation escalation_of(const settings::Settings& settings);

/// The earliest moment from `at` on, outside the quiet hours of the wall clock.
domain::Instant after_quiet_hours(const settings::QuietHours& quiet, const tz::LocalClock& clock,
                                  domain::Instant at);

/// The next moment from `at` on at which the wall clock shows that minute of the day.
domain::Instant next_time_of_day(int minute, const tz::LocalClock& clock, domain::Instant at);

}  // namespace ccms::workflow
