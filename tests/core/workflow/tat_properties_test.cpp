#include "core/workflow/tat.h"

#include <algorithm>
#include <ostream>

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

RC_GTEST_PROP(Tat, ElapsedTimeIsMonotonicWithinARound, ()) {
  const RandomTicket ticket = any_ticket();
  // Under one calendar and one measure: another target may count otherwise.
  Timeline timeline;
  for (const TimelineEntry& entry : ticket.timeline) {
    if (!std::holds_alternative<FactsChanged>(entry.change)) timeline.push_back(entry);
  }
  std::vector<TatStatus> before;
  for (Instant now = timeline.front().at; now <= ticket.now; now += 43min) {
    const auto statuses = evaluate(ticket.rules_of(), timeline, now);
    for (std::size_t i = 0; i < before.size(); ++i) {
      if (before[i].round != statuses[i].round || before[i].started != statuses[i].started) continue;
      RC_ASSERT(before[i].elapsed <= statuses[i].elapsed);
      RC_ASSERT(statuses[i].elapsed - before[i].elapsed <= 43min);
    }
    before = statuses;
  }
}

/// A ticket that is worked on, with and without one more pause.
RC_GTEST_PROP(Tat, PausingNeverShortensADeadline, ()) {
  RandomTicket ticket = any_ticket();
  const Instant opened = ticket.timeline.front().at;
  Opened first = std::get<Opened>(ticket.timeline.front().change);
  first.state = settings::StateType::open;
  first.pauses_clock = false;
  ticket.timeline = {{opened, first}};
  const auto minutes = rc::gen::inRange(0, 3000);
  Instant at = opened;
  for (int pauses = *rc::gen::inRange(0, 3); pauses > 0; --pauses) {
    at += std::chrono::minutes(*minutes);
    ticket.timeline.push_back({at, StateEntered{settings::StateType::pending, true, false}});
    at += std::chrono::minutes(*minutes);
    ticket.timeline.push_back({at, StateEntered{settings::StateType::open, false, false}});
  }
  Timeline with_one_more = ticket.timeline;
  at += std::chrono::minutes(*minutes);
  with_one_more.push_back({at, StateEntered{settings::StateType::pending, true, false}});
  at += std::chrono::minutes(*minutes);
  with_one_more.push_back({at, StateEntered{settings::StateType::open, false, false}});
  const auto without = evaluate(ticket.rules_of(), ticket.timeline, at);
  const auto with = evaluate(ticket.rules_of(), with_one_more, at);
  RC_ASSERT(without.size() == with.size());
  for (std::size_t i = 0; i < with.size(); ++i) {
    RC_ASSERT(without[i].deadline.has_value() == with[i].deadline.has_value());
    if (with[i].deadline) RC_ASSERT(*without[i].deadline <= *with[i].deadline);
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
