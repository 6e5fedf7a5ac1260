#include "core/workflow/tat.h"

#include <algorithm>
#include <iterator>
#include <optional>
#include <ostream>

#include "core/settings/find_by_id.h"
#include "core/workflow/tat_replay.h"
#include "tests/core/workflow/random_ticket.h"
#include "tests/support/properties/properties.h"

namespace ccms::workflow {

bool operator==(const TatStatus& a, const TatStatus& b) {
  return a.tat == b.tat && a.role == b.role && a.clock == b.clock && a.round == b.round &&
         a.in_force == b.in_force && a.started == b.started && a.paused == b.paused &&
         a.stopped == b.stopped && a.elapsed == b.elapsed && a.target == b.target && a.aim == b.aim &&
         a.deadline == b.deadline && a.breached_at == b.breached_at && a.breaches == b.breaches;
}

namespace {

using namespace std::chrono_literals;
using domain::Instant;
using testing::RandomTicket;

/// A history somewhere. The seed is what is shown of it: describe() tells the rest.
RandomTicket ticket_of(std::uint32_t seed) {
  std::mt19937_64 random(seed);
  const auto places = testing::places();
  return testing::random_ticket(random, places[random() % places.size()]);
}

RandomTicket any_ticket() { return ticket_of(*rc::gen::arbitrary<std::uint32_t>()); }

RC_GTEST_PROP(Tat, ReplayEqualsLive, ()) {
  const RandomTicket ticket = any_ticket();
  TatReplay live(ticket.rules_of());
  for (std::size_t known = 0; known < ticket.timeline.size(); ++known) {
    live.apply(ticket.timeline[known]);
    // However often somebody looks, and whatever comes later.
    const Instant until = known + 1 < ticket.timeline.size() ? ticket.timeline[known + 1].at : ticket.now;
    const Timeline prefix(ticket.timeline.begin(),
                          ticket.timeline.begin() + static_cast<std::ptrdiff_t>(known) + 1);
    for (Instant now = ticket.timeline[known].at; now < until; now += 97min)
      RC_ASSERT(live.statuses(now) == evaluate(ticket.rules_of(), prefix, now));
    if (until > ticket.timeline[known].at)
      RC_ASSERT(evaluate(ticket.rules_of(), prefix, until - 1min) ==
                evaluate(ticket.rules_of(), ticket.timeline, until - 1min));
  }
  RC_ASSERT(live.statuses(ticket.now) == evaluate(ticket.rules_of(), ticket.timeline, ticket.now));
}

RC_GTEST_PROP(Tat, ABreachStaysWhateverHappensLater, ()) {
  const RandomTicket ticket = any_ticket();
  std::vector<BreachNoted> seen;
  for (Instant now = ticket.timeline.front().at; now <= ticket.now; now += 61min) {
    const auto statuses = evaluate(ticket.rules_of(), ticket.timeline, now);
    for (const BreachNoted& before : seen) {
      RC_ASSERT(std::any_of(statuses.begin(), statuses.end(), [&](const TatStatus& status) {
        return status.tat == before.tat &&
               std::find(status.breaches.begin(), status.breaches.end(),
                         Breach{before.round, before.breached_at}) != status.breaches.end();
      }));
    }
    seen = unnoted_breaches(statuses, {});
    for (const BreachNoted& breach : seen) RC_ASSERT(breach.breached_at <= now);
  }
}

RC_GTEST_PROP(Tat, NotingBreachesChangesNothing, ()) {
  const RandomTicket ticket = any_ticket();
  Timeline noted;
  for (const TimelineEntry& entry : ticket.timeline) {
    for (const BreachNoted& breach : unnoted_breaches(evaluate(ticket.rules_of(), noted, entry.at), noted))
      noted.push_back({entry.at, breach});
    noted.push_back(entry);
  }
  RC_ASSERT(evaluate(ticket.rules_of(), noted, ticket.now) ==
            evaluate(ticket.rules_of(), ticket.timeline, ticket.now));
}

/// Whether all versions of the settings that know a turn-around time agree on whether pauses stop it.
bool pauses_alike(const RandomTicket& ticket, const std::string& tat) {
  std::optional<bool> pauses;
  for (const auto& [number, rules] : ticket.rules) {
    const settings::Tat* known = settings::find_by_id(rules.tats, tat);
    if (known == nullptr) continue;
    if (pauses && *pauses != known->pauses) return false;
    pauses = known->pauses;
  }
  return true;
}

/// By what they say: each version of the settings has calendars of its own.
bool same_measure(const Measure& a, const Measure& b) {
  return a.calendar == b.calendar ||
         (a.calendar != nullptr && b.calendar != nullptr && *a.calendar == *b.calendar);
}

/// Whether both were counted in one way, from one moment on: the same round, calendar and rule about pauses.
/// A change of priority, department or settings that leaves these alone moves the target and nothing else.
/// What is not in force counts nothing.
bool counted_alike(const RandomTicket& ticket, const TatStatus& before, const TatStatus& after) {
  return before.in_force && after.in_force && before.round == after.round &&
         before.started == after.started && same_measure(before.measure, after.measure) &&
         pauses_alike(ticket, after.tat);
}

/// Whatever changes, a clock keeps its place and never goes back to an earlier round or beginning. What has
/// elapsed is compared as long as it is counted alike: under another calendar it is another number.
RC_GTEST_PROP(Tat, ElapsedTimeIsMonotonicWithinARound, ()) {
  const RandomTicket ticket = any_ticket();
  std::vector<TatStatus> before;
  for (Instant now = ticket.timeline.front().at; now <= ticket.now; now += 43min) {
    const auto statuses = evaluate(ticket.rules_of(), ticket.timeline, now);
    RC_ASSERT(before.size() <= statuses.size());
    for (std::size_t i = 0; i < before.size(); ++i) {
      RC_ASSERT(before[i].tat == statuses[i].tat);
      RC_ASSERT(before[i].round <= statuses[i].round);
      RC_ASSERT(before[i].started <= statuses[i].started);
      if (!counted_alike(ticket, before[i], statuses[i])) continue;
      RC_ASSERT(before[i].elapsed <= statuses[i].elapsed);
      RC_ASSERT(statuses[i].elapsed - before[i].elapsed <= 43min);
    }
    before = statuses;
  }
}

struct Pause {
  Instant from;
  Instant until;
};

/// One after the other.
std::vector<Pause> random_pauses(Instant from) {
  const auto minutes = rc::gen::inRange(0, 3000);
  std::vector<Pause> pauses;
  for (int left = *rc::gen::inRange(1, 4); left > 0; --left) {
    const Instant begin = from + std::chrono::minutes(*minutes);
    from = begin + std::chrono::minutes(*minutes);
    pauses.push_back({begin, from});
  }
  return pauses;
}

/// What changed about the ticket when it did, on a ticket that is worked on but for these pauses.
Timeline changes_with(const RandomTicket& ticket, const std::vector<Pause>& pauses) {
  Opened opened = std::get<Opened>(ticket.timeline.front().change);
  opened.state = settings::StateType::open;
  opened.pauses_clock = false;
  Timeline timeline{{ticket.timeline.front().at, opened}};
  for (const Pause& pause : pauses) {
    timeline.push_back({pause.from, StateEntered{settings::StateType::pending, true, false}});
    timeline.push_back({pause.until, StateEntered{settings::StateType::open, false, false}});
  }
  for (const TimelineEntry& entry : ticket.timeline) {
    if (std::holds_alternative<FactsChanged>(entry.change)) timeline.push_back(entry);
  }
  std::stable_sort(timeline.begin(), timeline.end(),
                   [](const TimelineEntry& a, const TimelineEntry& b) { return a.at < b.at; });
  return timeline;
}

/// With and without one of its pauses, before, between or during its changes. What a change does about
/// targets and rounds depends on when it comes and never on how long the clock stood still, so that both are
/// compared within the same round of the same target.
RC_GTEST_PROP(Tat, PausingNeverShortensADeadline, ()) {
  const RandomTicket ticket = any_ticket();
  const auto pauses = random_pauses(ticket.timeline.front().at);
  auto fewer = pauses;
  fewer.erase(fewer.begin() + *rc::gen::inRange<std::ptrdiff_t>(0, std::ssize(pauses)));
  const Instant at = std::max(ticket.now, pauses.back().until);
  const auto without = evaluate(ticket.rules_of(), changes_with(ticket, fewer), at);
  const auto with = evaluate(ticket.rules_of(), changes_with(ticket, pauses), at);
  RC_ASSERT(without.size() == with.size());
  for (std::size_t i = 0; i < with.size(); ++i) {
    RC_ASSERT(without[i].tat == with[i].tat);
    RC_ASSERT(without[i].in_force == with[i].in_force);
    RC_ASSERT(without[i].round == with[i].round);
    RC_ASSERT(without[i].started == with[i].started);
    RC_ASSERT(without[i].target == with[i].target);
    RC_ASSERT(without[i].deadline.has_value() == with[i].deadline.has_value());
    if (with[i].deadline) RC_ASSERT(*without[i].deadline <= *with[i].deadline);
    RC_ASSERT(without[i].aim.has_value() == with[i].aim.has_value());
    if (with[i].aim) RC_ASSERT(*without[i].aim <= *with[i].aim);
    RC_ASSERT(with[i].elapsed <= without[i].elapsed);
  }
}

RC_GTEST_PROP(Tat, WhatIsNextLiesAheadAndBelongsToAClockThatRuns, ()) {
  const RandomTicket ticket = any_ticket();
  const auto statuses = evaluate(ticket.rules_of(), ticket.timeline, ticket.now);
  const auto next = next_due(statuses, ticket.now);
  for (const TatStatus& status : statuses) {
    if (!status.runs()) continue;
    for (const auto& due : {status.aim, status.deadline})
      RC_ASSERT(!due || *due <= ticket.now || (next && *next <= *due));
  }
  if (next) RC_ASSERT(*next > ticket.now);
}

}  // namespace
}  // namespace ccms::workflow
