#pragma once

#include <array>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/workflow/course.h"
#include "core/workflow/tat.h"
#include "core/workflow/timeline.h"

namespace ccms::workflow {

/// Reads a history entry by entry and says at any moment how its turn-around times stand. Not for several
/// threads at once. evaluate() (tat.h) is the same for a history that is there as a whole.
class TatReplay {
 public:
  explicit TatReplay(TatRulesOf rules_of) : rules_of_(std::move(rules_of)) {}

  /// Entries before Opened, and any Opened after the first, say nothing.
  void apply(const TimelineEntry& entry);

  /// How everything stands at `now`, which is not before the last entry: TATs in the order in which they
  /// first applied, then roles as they came. Empty before the ticket is opened.
  std::vector<TatStatus> statuses(domain::Instant now) const;

 private:
  struct Target {
    std::optional<settings::Span> span;
    Measure measure;
    std::optional<std::chrono::milliseconds> budget;  ///< absent: no target, or one that is never reached
  };

  /// One TAT, or one clock of a role's time, on this ticket.
  struct Track {
    std::string tat;
    std::string role;
    settings::TatClock clock = settings::TatClock::resolution;
    settings::OnChange on_change = settings::OnChange::from_start;
    settings::OnReopen on_reopen = settings::OnReopen::go_on;
    bool pauses = true;
    bool in_force = false;
    int round = 1;
    domain::Instant since;
    domain::Instant target_set_at;  ///< a breach of the target is not known before
    Target maximum;
    Target aim;
    const WorkingTime* calendar = nullptr;
    std::optional<domain::Instant> stopped_at;
    std::vector<Breach> breaches;
  };

  /// One clock of the ticket, whatever TATs it has.
  struct Clock {
    domain::Instant since;
    std::optional<domain::Instant> stopped_at;  ///< by a response or a transition
  };

  /// A role that has, or had, the ticket.
  struct Holding {
    bool now = false;
    Course course;  ///< while it holds the ticket and the ticket's own course runs
  };

  struct Spans {
    std::optional<settings::Span> maximum;
    std::optional<settings::Span> aim;
  };

  void take(domain::Instant at, const Opened& opened);
  void take(domain::Instant at, const FactsChanged& changed);
  void take(domain::Instant at, const StateEntered& entered);
  void take(domain::Instant at, const ClockStopped& stopped);
  void take(domain::Instant at, const ClockRestarted& restarted);
  void take(domain::Instant at, const RoleEntered& entered);
  void take(domain::Instant at, const RoleResponded& responded);
  void take(domain::Instant at, const RoleLeft& left);
  void take(domain::Instant at, const BreachNoted& noted);

  void enter(domain::Instant at, settings::StateType type, bool pauses_clock);
  void finish(domain::Instant at);
  void reopen(domain::Instant at);
  void follow_state(domain::Instant at);
  void learn(domain::Instant at, const TatFacts& facts);
  void drop_what_no_longer_applies();
  void follow_changes(domain::Instant at, bool moved, bool version_changed);
  void follow(domain::Instant at, const settings::Tat& tat, Track& track, bool moved);
  void follow_roles(domain::Instant at);
  void join(domain::Instant at, const settings::Tat& tat, bool begins_now);
  void begin_round(domain::Instant at, Track& track, const Spans& spans);
  void set_targets(domain::Instant at, Track& track, const Spans& spans);
  void start_role_clock(domain::Instant at, const std::string& role, settings::TatClock clock,
                        const std::optional<settings::Span>& span);
  void stop(domain::Instant at, Track& track);

  bool applies(const settings::Tat& tat) const;
  Spans spans_of(const settings::Tat& tat) const;
  bool differs(const Track& track, const Spans& spans) const;
  const WorkingTime* calendar() const;
  const settings::RoleTime* role_time(const std::string& role) const;
  Track* find(const std::string& tat, const std::string& role, settings::TatClock clock);
  bool clock_has_target(settings::TatClock clock) const;
  Course course_of(const Track& track) const;
  void settle(Track& track, domain::Instant until) const;
  void settle_all(domain::Instant until);
  TatStatus status(Track track, domain::Instant now) const;

  TatRulesOf rules_of_;
  const TatRules* rules_ = nullptr;  ///< null until the ticket is opened under rules that are known
  bool opened_ = false;
  domain::Instant last_at_;
  TatFacts facts_;
  std::optional<TatFacts> awaiting_reopening_;  ///< what became known of a finished ticket
  settings::StateType state_ = settings::StateType::new_;
  bool paused_ = false;
  std::array<Clock, 2> clocks_;              ///< by TatClock
  Course unfinished_;                        ///< while the ticket is not finished
  Course unpaused_;                          ///< while it is neither finished nor in a state that pauses
  std::map<std::string, Holding> holdings_;  ///< by role
  std::vector<Track> tracks_;
};

}  // namespace ccms::workflow
