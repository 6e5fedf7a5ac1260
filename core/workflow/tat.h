#pragma once

#include <chrono>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/domain/time.h"
#include "core/settings/tat_settings.h"
#include "core/workflow/course.h"
#include "core/workflow/timeline.h"
#include "core/workflow/working_time.h"

/// Turn-around times as a pure function over a ticket's history: no clock, no I/O, any thread. The same
/// history under the same rules always gives the same answer, whether it is read at once or event by event.
namespace ccms::workflow {

/// What one settings version says about turn-around times. Must outlive what was computed with it.
struct TatRules {
  std::vector<settings::Tat> tats;
  std::vector<settings::RoleTime> role_times;
  std::map<std::string, WorkingTime, std::less<>> calendars;  ///< by region id
  /// Whether a TAT's conditions hold for a ticket.
  std::function<bool(const settings::TicketConditions&, const TatFacts&)> holds;
};

/// The rules of a settings version, or null for one that is not known: the ticket's last rules stay in force.
using TatRulesOf = std::function<const TatRules*(std::int64_t settings_version)>;

/// A deadline that was passed.
struct Breach {
  int round = 1;
  domain::Instant at;  ///< the deadline; the moment of the change, where a change put the deadline before it

  bool operator==(const Breach&) const = default;
};

/// How one turn-around time stands for one ticket. No target is the absence of one, never zero.
struct TatStatus {
  std::string tat;   ///< id, or empty: the time of a role
  std::string role;  ///< id, or empty
  settings::TatClock clock = settings::TatClock::resolution;
  int round = 1;            ///< counts how often the clock began anew
  bool in_force = true;     ///< false: no longer applies; its breaches remain
  domain::Instant started;  ///< of this round
  bool paused = false;
  bool stopped = false;  ///< done: answered, or the ticket is finished

  Measure measure;                                  ///< of the maximum and of what has elapsed
  std::chrono::milliseconds elapsed{0};             ///< so far in this round
  std::optional<std::chrono::milliseconds> target;  ///< the maximum in that measure
  Course course;                                    ///< when this round's clock ran
  const WorkingTime* calendar = nullptr;            ///< of the region; null: unknown

  /// The minimum and the maximum as moments. Absent without such a target, and while the clock stands still
  /// before them; past moments stay.
  std::optional<domain::Instant> aim;
  std::optional<domain::Instant> deadline;

  std::optional<domain::Instant> breached_at;  ///< the first breach of any round
  std::vector<Breach> breaches;                ///< at most one a round, ascending

  bool runs() const noexcept { return in_force && !paused && !stopped; }
};

/// The whole function: entries after `now` are not looked at.
std::vector<TatStatus> evaluate(const TatRulesOf& rules_of, const Timeline& timeline, domain::Instant now);

/// The earlier of two moments that may be absent.
std::optional<domain::Instant> earliest(std::optional<domain::Instant> a, std::optional<domain::Instant> b);

/// The deadline that counts of those on one clock: the earliest.
std::optional<domain::Instant> earliest_deadline(const std::vector<TatStatus>& statuses,
                                                 settings::TatClock clock);

/// The next aim or deadline of a running clock after `now`.
std::optional<domain::Instant> next_due(const std::vector<TatStatus>& statuses, domain::Instant now);

/// The breaches that the history does not hold yet, to be appended to it.
std::vector<BreachNoted> unnoted_breaches(const std::vector<TatStatus>& statuses, const Timeline& timeline);

}  // namespace ccms::workflow
