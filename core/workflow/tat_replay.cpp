#include "core/workflow/tat_replay.h"

#include <algorithm>
#include <utility>

#include "core/settings/find_by_id.h"

namespace ccms::workflow {
namespace {

using domain::Instant;
using settings::OnChange;
using settings::OnReopen;
using settings::Span;
using settings::StateType;
using settings::TatClock;

constexpr TatClock kClocks[] = {TatClock::first_response, TatClock::resolution};

std::size_t index_of(TatClock clock) { return clock == TatClock::first_response ? 0 : 1; }

bool is_finished(StateType type) {
  return type == StateType::resolved || type == StateType::closed || type == StateType::invalid;
}

bool is_work(StateType type) { return type != StateType::new_ && type != StateType::open; }

/// What was unknown and is known now has not changed: a ticket is opened, then routed.
bool changed(const std::string& before, const std::string& now) { return !before.empty() && before != now; }

/// By what they say: every settings version has objects of its own.
bool same(const WorkingTime* a, const WorkingTime* b) {
  return a == b || (a != nullptr && b != nullptr && *a == *b);
}

}  // namespace

void TatReplay::apply(const TimelineEntry& entry) {
  const bool opens = std::holds_alternative<Opened>(entry.change);
  if (opens == opened_) return;
  last_at_ = opens ? entry.at : std::max(last_at_, entry.at);
  std::visit([&](const auto& change) { take(last_at_, change); }, entry.change);
}

void TatReplay::take(Instant at, const Opened& opened) {
  opened_ = true;
  facts_ = opened.facts;
  rules_ = rules_of_(facts_.settings_version);
  for (Clock& clock : clocks_) clock.since = at;
  state_ = opened.state;
  paused_ = opened.pauses_clock;
  follow_state(at);
  follow_changes(at, false, false);
  if (is_finished(state_)) finish(at);
}

void TatReplay::take(Instant at, const FactsChanged& changed) {
  // A change decides about clocks that run. One that comes later counts when they run again.
  if (is_finished(state_))
    awaiting_reopening_ = changed.facts;
  else
    learn(at, changed.facts);
}

void TatReplay::take(Instant at, const StateEntered& entered) {
  if (entered.by_staff && is_work(entered.type)) take(at, ClockStopped{TatClock::first_response});
  enter(at, entered.type, entered.pauses_clock);
}

void TatReplay::take(Instant at, const ClockStopped& stopped) {
  Clock& clock = clocks_[index_of(stopped.clock)];
  if (clock.stopped_at) return;
  clock.stopped_at = at;
  for (Track& track : tracks_) {
    if (track.role.empty() && track.clock == stopped.clock) stop(at, track);
  }
}

void TatReplay::take(Instant at, const ClockRestarted& restarted) {
  settle_all(at);
  clocks_[index_of(restarted.clock)] = {at, std::nullopt};
  for (Track& track : tracks_) {
    if (track.role.empty() && track.clock == restarted.clock) track.in_force = false;
  }
  if (rules_ == nullptr) return;
  for (const settings::Tat& tat : rules_->tats) {
    if (tat.clock == restarted.clock && applies(tat)) join(at, tat, true);
  }
  if (!is_finished(state_)) return;
  for (Track& track : tracks_) {
    if (track.role.empty()) stop(at, track);
  }
}

void TatReplay::take(Instant at, const RoleEntered& entered) {
  holdings_[entered.role].now = true;
  follow_state(at);
  if (const settings::RoleTime* time = role_time(entered.role)) {
    start_role_clock(at, entered.role, TatClock::first_response, time->expected_response);
    start_role_clock(at, entered.role, TatClock::resolution, time->expected_resolution);
  }
}

void TatReplay::take(Instant at, const RoleResponded& responded) {
  if (Track* track = find("", responded.role, TatClock::first_response)) stop(at, *track);
}

void TatReplay::take(Instant at, const RoleLeft& left) {
  take(at, RoleResponded{left.role});
  holdings_[left.role].now = false;
  follow_state(at);
}

void TatReplay::take(Instant /*at*/, const BreachNoted& noted) {
  Track* track = find(noted.tat, noted.role, noted.clock);
  if (track == nullptr) {
    // Its rules are gone; what happened under them is not.
    Track gone;
    gone.tat = noted.tat;
    gone.role = noted.role;
    gone.clock = noted.clock;
    gone.round = noted.round;
    gone.since = noted.breached_at;
    tracks_.push_back(std::move(gone));
    track = &tracks_.back();
  }
  auto& breaches = track->breaches;
  const auto place = std::find_if(breaches.begin(), breaches.end(),
                                  [&](const Breach& breach) { return breach.round >= noted.round; });
  if (place != breaches.end() && place->round == noted.round)
    place->at = noted.breached_at;
  else
    breaches.insert(place, {noted.round, noted.breached_at});
}

void TatReplay::enter(Instant at, StateType type, bool pauses_clock) {
  const bool was_finished = is_finished(std::exchange(state_, type));
  paused_ = pauses_clock;
  if (!was_finished && is_finished(type)) finish(at);
  follow_state(at);
  if (was_finished && !is_finished(type)) reopen(at);
}

void TatReplay::finish(Instant at) {
  for (Track& track : tracks_) {
    if (track.role.empty()) stop(at, track);
  }
  // A ticket that was finished without a word has been answered by that.
  auto& answered_at = clocks_[index_of(TatClock::first_response)].stopped_at;
  if (!answered_at) answered_at = at;
  follow_state(at);
}

void TatReplay::reopen(Instant at) {
  // What a step took for resolved has to be resolved again, from the beginning; what was answered stays
  // answered.
  const bool begins_anew =
      std::exchange(clocks_[index_of(TatClock::resolution)].stopped_at, std::nullopt).has_value();
  for (Track& track : tracks_) {
    if (!track.role.empty() || clocks_[index_of(track.clock)].stopped_at) continue;
    track.stopped_at.reset();
    if (track.in_force && (track.on_reopen == OnReopen::restart || begins_anew))
      begin_round(at, track, {track.maximum.span, track.aim.span});
  }
  if (const auto facts = std::exchange(awaiting_reopening_, std::nullopt)) learn(at, *facts);
}

void TatReplay::follow_state(Instant at) {
  const auto run = [at](Course& course, bool runs) { runs ? course.start(at) : course.stop(at); };
  const bool unfinished = !is_finished(state_);
  run(unfinished_, unfinished);
  run(unpaused_, unfinished && !paused_);
  for (auto& [role, holding] : holdings_) run(holding.course, holding.now && unpaused_.running());
}

void TatReplay::learn(Instant at, const TatFacts& facts) {
  settle_all(at);
  const TatFacts before = std::exchange(facts_, facts);
  if (const TatRules* rules = rules_of_(facts.settings_version)) rules_ = rules;
  const bool moved = changed(before.priority, facts.priority) ||
                     changed(before.department, facts.department) || changed(before.region, facts.region);
  follow_changes(at, moved, before.settings_version != facts.settings_version);
}

void TatReplay::follow_changes(Instant at, bool moved, bool version_changed) {
  if (rules_ == nullptr) return;
  const std::array<bool, 2> had_target = {clock_has_target(kClocks[0]), clock_has_target(kClocks[1])};
  drop_what_no_longer_applies();
  for (const settings::Tat& tat : rules_->tats) {
    if (clocks_[index_of(tat.clock)].stopped_at || !applies(tat)) continue;
    Track* track = find(tat.id, "", tat.clock);
    if (track != nullptr && track->in_force)
      follow(at, tat, *track, moved);
    else if (tat.on_change != OnChange::keep || !had_target[index_of(tat.clock)])
      join(at, tat, tat.on_change == OnChange::restart && (moved || version_changed));
  }
  follow_roles(at);
}

void TatReplay::drop_what_no_longer_applies() {
  for (Track& track : tracks_) {
    if (!track.role.empty() || track.on_change == OnChange::keep || track.stopped_at) continue;
    const settings::Tat* tat = settings::find_by_id(rules_->tats, track.tat);
    track.in_force = track.in_force && tat != nullptr && tat->clock == track.clock && applies(*tat);
  }
}

void TatReplay::follow(Instant at, const settings::Tat& tat, Track& track, bool moved) {
  if (track.on_change == OnChange::keep) return;
  const Spans spans = spans_of(tat);
  const bool other_target = differs(track, spans);
  track.on_change = tat.on_change;
  track.on_reopen = tat.on_reopen;
  track.pauses = tat.pauses;
  if (tat.on_change == OnChange::restart && (moved || other_target))
    begin_round(at, track, spans);
  else if (tat.on_change == OnChange::from_start && other_target)
    set_targets(at, track, spans);
}

/// The time of a role always counts from where it started.
void TatReplay::follow_roles(Instant at) {
  for (Track& track : tracks_) {
    if (track.role.empty() || !track.in_force || track.stopped_at) continue;
    const settings::RoleTime* time = role_time(track.role);
    track.in_force = time != nullptr;
    if (time == nullptr) continue;
    const Spans spans{
        track.clock == TatClock::first_response ? time->expected_response : time->expected_resolution, {}};
    if (differs(track, spans)) set_targets(at, track, spans);
  }
}

void TatReplay::join(Instant at, const settings::Tat& tat, bool begins_now) {
  Track* track = find(tat.id, "", tat.clock);
  const bool again = track != nullptr;
  if (!again) track = &tracks_.emplace_back();
  track->tat = tat.id;
  track->clock = tat.clock;
  track->on_change = tat.on_change;
  track->on_reopen = tat.on_reopen;
  track->pauses = tat.pauses;
  track->in_force = true;
  track->stopped_at.reset();
  const Instant clock_since = clocks_[index_of(tat.clock)].since;
  if (again && begins_now) {
    begin_round(at, *track, spans_of(tat));
    return;
  }
  // One that applies again goes on in the round it had.
  track->since = begins_now ? at : again ? std::max(track->since, clock_since) : clock_since;
  set_targets(at, *track, spans_of(tat));
}

void TatReplay::begin_round(Instant at, Track& track, const Spans& spans) {
  ++track.round;
  track.since = at;
  set_targets(at, track, spans);
}

void TatReplay::set_targets(Instant at, Track& track, const Spans& spans) {
  track.target_set_at = at;
  track.calendar = calendar();
  const auto target = [&](const std::optional<Span>& span) {
    Target made{span, {}, std::nullopt};
    if (!span) return made;
    if (span->unit == Span::Unit::elapsed_minutes) {
      made.budget = std::chrono::minutes(span->amount);
      return made;
    }
    made.measure.calendar = track.calendar;
    if (track.calendar == nullptr) return made;
    if (span->unit == Span::Unit::working_minutes) {
      made.budget = std::chrono::minutes(span->amount);
    } else if (const auto end = track.calendar->end_of_working_day(track.since, span->amount)) {
      // Counted as the working time that they hold, so that a pause of three hours adds three hours.
      made.budget = track.calendar->between(track.since, *end);
    }
    return made;
  };
  track.maximum = target(spans.maximum);
  track.aim = target(spans.aim);
}

void TatReplay::start_role_clock(Instant at, const std::string& role, TatClock clock,
                                 const std::optional<Span>& span) {
  if (!span) return;
  Track* track = find("", role, clock);
  if (track == nullptr) {
    track = &tracks_.emplace_back();
    track->role = role;
    track->clock = clock;
    track->since = at;
    set_targets(at, *track, {span, std::nullopt});
  } else if (clock == TatClock::first_response) {
    settle(*track, at);
    begin_round(at, *track, {span, std::nullopt});
  }
  track->in_force = true;
  track->stopped_at.reset();
}

void TatReplay::stop(Instant at, Track& track) {
  if (track.stopped_at) return;
  settle(track, at);
  track.stopped_at = at;
}

bool TatReplay::applies(const settings::Tat& tat) const {
  return !rules_->holds || rules_->holds(tat.when, facts_);
}

TatReplay::Spans TatReplay::spans_of(const settings::Tat& tat) const {
  const auto of_priority = tat.minimum.find(facts_.priority);
  return {tat.maximum,
          of_priority != tat.minimum.end() ? std::optional(of_priority->second) : tat.minimum_otherwise};
}

bool TatReplay::differs(const Track& track, const Spans& spans) const {
  return track.maximum.span != spans.maximum || track.aim.span != spans.aim ||
         !same(track.calendar, calendar());
}

const WorkingTime* TatReplay::calendar() const {
  if (rules_ == nullptr) return nullptr;
  const auto found = rules_->calendars.find(facts_.region);
  return found == rules_->calendars.end() ? nullptr : &found->second;
}

const settings::RoleTime* TatReplay::role_time(const std::string& role) const {
  if (rules_ == nullptr) return nullptr;
  const auto found = std::find_if(rules_->role_times.begin(), rules_->role_times.end(),
                                  [&](const settings::RoleTime& time) { return time.role == role; });
  return found == rules_->role_times.end() ? nullptr : &*found;
}

TatReplay::Track* TatReplay::find(const std::string& tat, const std::string& role, TatClock clock) {
  const auto found = std::find_if(tracks_.begin(), tracks_.end(), [&](const Track& track) {
    return track.tat == tat && track.role == role && track.clock == clock;
  });
  return found == tracks_.end() ? nullptr : &*found;
}

bool TatReplay::clock_has_target(TatClock clock) const {
  return std::any_of(tracks_.begin(), tracks_.end(), [clock](const Track& track) {
    return track.role.empty() && track.clock == clock && track.in_force;
  });
}

Course TatReplay::course_of(const Track& track) const {
  if (!track.role.empty()) {
    const auto holding = holdings_.find(track.role);
    if (holding == holdings_.end()) return {};
    return holding->second.course.clipped(track.since, track.stopped_at);
  }
  return (track.pauses ? unpaused_ : unfinished_).clipped(track.since, track.stopped_at);
}

/// Notes the breach of this round when there was one until then. At the deadline itself it is too late.
void TatReplay::settle(Track& track, Instant until) const {
  if (!track.in_force || !track.maximum.budget) return;
  if (!track.breaches.empty() && track.breaches.back().round == track.round) return;
  const auto deadline = course_of(track).moment(track.maximum.measure, *track.maximum.budget);
  if (!deadline) return;
  const Instant known = std::max(*deadline, track.target_set_at);
  if (known <= until) track.breaches.push_back({track.round, known});
}

void TatReplay::settle_all(Instant until) {
  for (Track& track : tracks_) settle(track, until);
}

TatStatus TatReplay::status(Track track, Instant now) const {
  settle(track, now);
  TatStatus status;
  status.course = course_of(track);
  status.stopped = track.stopped_at.has_value() || is_finished(state_);
  status.paused = !status.stopped && !status.course.running();
  status.measure = track.maximum.span ? track.maximum.measure : track.aim.measure;
  status.elapsed = status.course.length(status.measure, now);
  if (track.in_force) {
    const auto moment = [&](const Target& target) {
      return target.budget ? status.course.moment(target.measure, *target.budget) : std::nullopt;
    };
    status.target = track.maximum.budget;
    status.aim = moment(track.aim);
    status.deadline = moment(track.maximum);
  }
  status.in_force = track.in_force;
  status.clock = track.clock;
  status.round = track.round;
  status.started = track.since;
  status.calendar = track.calendar;
  if (!track.breaches.empty()) status.breached_at = track.breaches.front().at;
  status.breaches = std::move(track.breaches);
  status.tat = std::move(track.tat);
  status.role = std::move(track.role);
  return status;
}

std::vector<TatStatus> TatReplay::statuses(Instant now) const {
  std::vector<TatStatus> all;
  all.reserve(tracks_.size());
  for (const Track& track : tracks_) {
    if (track.role.empty()) all.push_back(status(track, now));
  }
  for (const Track& track : tracks_) {
    if (!track.role.empty()) all.push_back(status(track, now));
  }
  return all;
}

}  // namespace ccms::workflow
