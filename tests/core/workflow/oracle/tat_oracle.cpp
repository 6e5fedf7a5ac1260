#include "tests/core/workflow/oracle/tat_oracle.h"

#include <algorithm>
#include <memory>

#include "core/settings/find_by_id.h"

namespace ccms::workflow::testing {
namespace {

using domain::Instant;
using settings::OnChange;
using settings::OnReopen;
using settings::Span;
using settings::StateType;
using settings::Tat;
using settings::TatClock;

/// How far ahead a deadline is looked for.
constexpr std::int64_t kAhead = 14 * 24 * 60;

std::int64_t minute_of(Instant instant) { return domain::to_epoch_ms(instant) / 60'000; }
Instant instant_of(std::int64_t minute) { return domain::from_epoch_ms(minute * 60'000); }

bool contains(const std::vector<std::string>& wanted, const std::string& value) {
  return wanted.empty() || std::find(wanted.begin(), wanted.end(), value) != wanted.end();
}

bool finished(StateType type) {
  return type == StateType::resolved || type == StateType::closed || type == StateType::invalid;
}

/// What the ticket was in one minute.
struct Minute {
  bool unfinished;
  bool unpaused;
};

struct Calendar {
  std::string text;
  WorkingTimeOracle oracle;
};

struct Row {
  const Tat* tat = nullptr;  ///< the definition it follows
  bool in_force = false;
  int round = 1;
  std::int64_t since = 0;
  std::optional<Span> maximum, aim;
  Calendar* calendar = nullptr;
  std::optional<std::int64_t> maximum_budget, aim_budget;
  std::int64_t maximum_used = 0;
  std::optional<std::int64_t> stopped;
  bool beyond = false;
  std::vector<Breach> breaches;
};

class Life {
 public:
  Life(const std::map<std::int64_t, OracleVersion>& versions, const WallMinutes& wall) : versions_(versions) {
    for (const auto& [number, version] : versions) {
      for (const auto& [region, calendar] : version.calendars)
        calendars_[{number, region}] =
            std::make_unique<Calendar>(Calendar{describe(calendar), WorkingTimeOracle(calendar, wall)});
    }
  }

  std::vector<OracleStatus> live(const Timeline& timeline, Instant now) {
    std::size_t next = 0;
    first_ = minute_of(timeline.front().at);
    const std::int64_t last = minute_of(now);
    for (std::int64_t minute = first_; minute <= last; ++minute) {
      look(minute);
      for (; next < timeline.size() && minute_of(timeline[next].at) == minute; ++next) {
        happen(minute, timeline[next].change);
        look(minute);
      }
      if (minute < last) pass(minute);
    }
    std::vector<OracleStatus> statuses;
    for (const std::string& id : order_) statuses.push_back(status(id, rows_[id], last));
    return statuses;
  }

 private:
  void happen(std::int64_t minute, const TimelineChange& change) {
    if (const auto* opened = std::get_if<Opened>(&change)) {
      facts_ = opened->facts;
      state_ = opened->state;
      paused_ = opened->pauses_clock;
      since_ = {{TatClock::first_response, minute}, {TatClock::resolution, minute}};
      for (const Tat& tat : version().tats) {
        if (oracle_holds(tat.when, facts_)) begin(tat, minute, false);
      }
      if (finished(state_)) finish(minute);
    } else if (const auto* changed = std::get_if<FactsChanged>(&change)) {
      if (finished(state_))
        awaiting_ = changed->facts;
      else
        learn(minute, changed->facts);
    } else if (const auto* entered = std::get_if<StateEntered>(&change)) {
      if (entered->by_staff && entered->type != StateType::new_ && entered->type != StateType::open)
        stop(TatClock::first_response, minute);
      const bool before = finished(state_);
      state_ = entered->type;
      paused_ = entered->pauses_clock;
      if (!before && finished(state_)) finish(minute);
      if (before && !finished(state_)) reopen(minute);
    } else if (const auto* stopped = std::get_if<ClockStopped>(&change)) {
      stop(stopped->clock, minute);
    } else if (const auto* restarted = std::get_if<ClockRestarted>(&change)) {
      restart(restarted->clock, minute);
    }
  }

  const OracleVersion& version() const { return versions_.at(facts_.settings_version); }
  Calendar* calendar() { return calendars_.at({facts_.settings_version, facts_.region}).get(); }

  void stop(TatClock clock, std::int64_t minute) {
    if (stopped_.contains(clock)) return;
    stopped_[clock] = minute;
    for (auto& [id, row] : rows_) {
      if (row.tat->clock == clock && !row.stopped) row.stopped = minute;
    }
  }

  void finish(std::int64_t minute) {
    for (auto& [id, row] : rows_) {
      if (!row.stopped) row.stopped = minute;
    }
    stopped_.emplace(TatClock::first_response, minute);
  }

  void reopen(std::int64_t minute) {
    const bool begins_anew = stopped_.erase(TatClock::resolution) > 0;
    for (auto& [id, row] : rows_) {
      if (stopped_.contains(row.tat->clock)) continue;
      row.stopped.reset();
      if (row.in_force && (row.tat->on_reopen == OnReopen::restart || begins_anew)) {
        ++row.round;
        row.since = minute;
        target(row, row.maximum, row.aim, minute);
      }
    }
    if (awaiting_) {
      const TatFacts facts = *awaiting_;
      awaiting_.reset();
      learn(minute, facts);
    }
  }

  void restart(TatClock clock, std::int64_t minute) {
    stopped_.erase(clock);
    since_[clock] = minute;
    for (auto& [id, row] : rows_) {
      if (row.tat->clock == clock) row.in_force = false;
    }
    for (const Tat& tat : version().tats) {
      if (tat.clock == clock && oracle_holds(tat.when, facts_)) begin(tat, minute, true);
    }
    if (!finished(state_)) return;
    for (auto& [id, row] : rows_) {
      if (!row.stopped) row.stopped = minute;
    }
  }

  void learn(std::int64_t minute, const TatFacts& facts) {
    const TatFacts before = facts_;
    facts_ = facts;
    const auto other = [](const std::string& a, const std::string& b) { return !a.empty() && a != b; };
    const bool moved = other(before.priority, facts.priority) || other(before.department, facts.department) ||
                       other(before.region, facts.region);
    const bool published = before.settings_version != facts.settings_version;
    std::map<TatClock, bool> had;
    for (auto& [id, row] : rows_) had[row.tat->clock] |= row.in_force;
    for (auto& [id, row] : rows_) {
      if (row.stopped || row.tat->on_change == OnChange::keep) continue;
      const Tat* tat = settings::find_by_id(version().tats, id);
      if (tat == nullptr || !oracle_holds(tat->when, facts_)) row.in_force = false;
    }
    for (const Tat& tat : version().tats) {
      if (stopped_.contains(tat.clock) || !oracle_holds(tat.when, facts_)) continue;
      const auto known = rows_.find(tat.id);
      if (known == rows_.end() || !known->second.in_force) {
        if (tat.on_change == OnChange::keep && had[tat.clock]) continue;
        begin(tat, minute, tat.on_change == OnChange::restart && (moved || published));
      } else if (known->second.tat->on_change != OnChange::keep) {
        follow(tat, known->second, minute, moved);
      }
    }
  }

  void follow(const Tat& tat, Row& row, std::int64_t minute, bool moved) {
    const auto aim = aim_of(tat);
    const bool other = row.maximum != tat.maximum || row.aim != aim || row.calendar->text != calendar()->text;
    row.tat = &tat;
    if (tat.on_change == OnChange::restart && (moved || other)) {
      ++row.round;
      row.since = minute;
      target(row, tat.maximum, aim, minute);
    } else if (tat.on_change == OnChange::from_start && other) {
      target(row, tat.maximum, aim, minute);
    } else {
      recount(row, minute);  // it may pause otherwise now
    }
  }

  void begin(const Tat& tat, std::int64_t minute, bool anew) {
    const bool known = rows_.contains(tat.id);
    if (!known) order_.push_back(tat.id);
    Row& row = rows_[tat.id];
    row.tat = &tat;
    row.in_force = true;
    row.stopped.reset();
    if (anew) {
      if (known) ++row.round;
      row.since = minute;
    } else {
      row.since = known ? std::max(row.since, since_[tat.clock]) : since_[tat.clock];
    }
    target(row, tat.maximum, aim_of(tat), minute);
  }

  std::optional<Span> aim_of(const Tat& tat) const {
    const auto found = tat.minimum.find(facts_.priority);
    return found != tat.minimum.end() ? std::optional(found->second) : tat.minimum_otherwise;
  }

  void target(Row& row, std::optional<Span> maximum, std::optional<Span> aim, std::int64_t minute) {
    row.maximum = maximum;
    row.aim = aim;
    row.calendar = calendar();
    row.maximum_budget = budget(row, maximum);
    row.aim_budget = budget(row, aim);
    recount(row, minute);
  }

  std::optional<std::int64_t> budget(Row& row, const std::optional<Span>& span) const {
    if (!span) return std::nullopt;
    if (span->unit != Span::Unit::working_days) return span->amount;
    const Instant since = instant_of(row.since);
    const auto end = row.calendar->oracle.end_of_working_day(since, static_cast<int>(span->amount),
                                                             instant_of(row.since + 30 * 24 * 60));
    row.beyond = row.beyond || !end;
    if (!end) return std::nullopt;
    return row.calendar->oracle.between(since, *end).count();
  }

  bool counts(const Row& row, const std::optional<Span>& span, std::int64_t minute) const {
    return !span || span->unit == Span::Unit::elapsed_minutes ||
           row.calendar->oracle.is_open(instant_of(minute));
  }

  bool ran(const Row& row, std::int64_t minute) const {
    const Minute& was = minutes_[static_cast<std::size_t>(minute - first_)];
    return (row.tat->pauses ? was.unpaused : was.unfinished) && (!row.stopped || minute < *row.stopped);
  }

  void recount(Row& row, std::int64_t now) const {
    row.maximum_used = 0;
    for (std::int64_t minute = row.since; minute < now; ++minute)
      row.maximum_used += ran(row, minute) && counts(row, row.maximum, minute) ? 1 : 0;
  }

  /// Notes who is late at the beginning of a minute.
  void look(std::int64_t minute) {
    for (auto& [id, row] : rows_) {
      if (!row.in_force || !row.maximum_budget || row.maximum_used < *row.maximum_budget) continue;
      if (row.breaches.empty() || row.breaches.back().round != row.round)
        row.breaches.push_back({row.round, instant_of(minute)});
    }
  }

  void pass(std::int64_t minute) {
    const bool unfinished = !finished(state_);
    minutes_.push_back({unfinished, unfinished && !paused_});
    for (auto& [id, row] : rows_)
      row.maximum_used += ran(row, minute) && counts(row, row.maximum, minute) ? 1 : 0;
  }

  bool runs_now(const Row& row) const {
    return !row.stopped && !finished(state_) && (!row.tat->pauses || !paused_);
  }

  /// The minute at which `budget` was or will be used up.
  std::optional<Instant> when(const Row& row, const std::optional<Span>& span,
                              const std::optional<std::int64_t>& budget, std::int64_t now,
                              bool& known) const {
    if (!budget) return std::nullopt;
    std::int64_t left = *budget;
    if (left <= 0) return std::nullopt;
    for (std::int64_t minute = row.since; minute < now; ++minute) {
      if (ran(row, minute) && counts(row, span, minute) && --left == 0) return instant_of(minute + 1);
    }
    if (!runs_now(row)) return std::nullopt;
    for (std::int64_t minute = now; minute < now + kAhead; ++minute) {
      if (counts(row, span, minute) && --left == 0) return instant_of(minute + 1);
    }
    known = false;
    return std::nullopt;
  }

  OracleStatus status(const std::string& id, const Row& row, std::int64_t now) const {
    OracleStatus status;
    status.tat = id;
    status.beyond = row.beyond;
    status.in_force = row.in_force;
    status.round = row.round;
    status.started = instant_of(row.since);
    status.stopped = row.stopped.has_value() || finished(state_);
    status.paused = !status.stopped && !runs_now(row);
    status.breaches = row.breaches;
    const auto& measured = row.maximum ? row.maximum : row.aim;
    for (std::int64_t minute = row.since; minute < now; ++minute)
      status.elapsed_minutes += ran(row, minute) && counts(row, measured, minute) ? 1 : 0;
    if (!row.in_force) return status;
    status.aim = when(row, row.aim, row.aim_budget, now, status.deadline_known);
    status.deadline = when(row, row.maximum, row.maximum_budget, now, status.deadline_known);
    return status;
  }

  const std::map<std::int64_t, OracleVersion>& versions_;
  std::map<std::pair<std::int64_t, std::string>, std::unique_ptr<Calendar>> calendars_;
  std::int64_t first_ = 0;
  std::vector<Minute> minutes_;
  TatFacts facts_;
  std::optional<TatFacts> awaiting_;
  StateType state_ = StateType::new_;
  bool paused_ = false;
  std::map<TatClock, std::int64_t> since_;
  std::map<TatClock, std::int64_t> stopped_;
  std::map<std::string, Row> rows_;
  std::vector<std::string> order_;
};

}  // namespace

bool oracle_holds(const settings::TicketConditions& when, const TatFacts& facts) {
  return contains(when.priority, facts.priority) && contains(when.requested_department, facts.department);
}

std::vector<OracleStatus> live_through(const std::map<std::int64_t, OracleVersion>& versions,
                                       const WallMinutes& wall, const Timeline& timeline, Instant now) {
  return Life(versions, wall).live(timeline, now);
}

}  // namespace ccms::workflow::testing
