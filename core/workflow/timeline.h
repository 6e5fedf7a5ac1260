#pragma once

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "core/domain/ticket.h"
#include "core/domain/time.h"
#include "core/settings/tat_settings.h"
#include "core/settings/workflow_settings.h"

namespace ccms::workflow {

/// The part of a ticket that decides which turn-around times it has.
struct TatFacts {
  domain::TicketFacts ticket;  ///< its requests are not looked at, but what they led to:
  std::string priority;        ///< id
  std::string department;      ///< id, empty: not routed yet
  std::string region;          ///< id, of the store it was reported at
  std::int64_t settings_version = 0;

  bool operator==(const TatFacts&) const = default;
};

// What of a ticket's history turn-around times depend on. The server makes it from the ticket's events.

struct Opened {
  TatFacts facts;
  settings::StateType state = settings::StateType::new_;
  bool pauses_clock = false;
};

/// Priority, department, region, settings version or anything that conditions look at became another.
struct FactsChanged {
  TatFacts facts;
};

/// A state was entered, or entered again. Resolved, closed and invalid finish the ticket; another one after
/// them reopens it. Work begun by staff (in progress or later) is a first response.
struct StateEntered {
  settings::StateType type = settings::StateType::open;
  bool pauses_clock = false;
  bool by_staff = false;
};

/// The first response: staff wrote to the customer. Or a transition that stops a clock.
struct ClockStopped {
  settings::TatClock clock = settings::TatClock::first_response;
};

/// A transition that begins a clock anew.
struct ClockRestarted {
  settings::TatClock clock = settings::TatClock::resolution;
};

/// The role got the ticket, answered for it (accepted or began), gave it away.
struct RoleEntered {
  std::string role;
};
struct RoleResponded {
  std::string role;
};
struct RoleLeft {
  std::string role;
};

/// What was written down when a breach was noticed. It stays even where today's rules would not find it.
struct BreachNoted {
  std::string tat;   ///< id of the TAT, or empty with a role
  std::string role;  ///< id of the role whose time it was, or empty
  settings::TatClock clock = settings::TatClock::resolution;
  int round = 1;
  domain::Instant breached_at;
};

using TimelineChange = std::variant<Opened, FactsChanged, StateEntered, ClockStopped, ClockRestarted,
                                    RoleEntered, RoleResponded, RoleLeft, BreachNoted>;

struct TimelineEntry {
  domain::Instant at;
  TimelineChange change;
};

/// In the order things happened. An entry that claims to be earlier than the one before it counts at that
/// one's time.
using Timeline = std::vector<TimelineEntry>;

/// What was known of the ticket then; without a moment, what its last entry left.
TatFacts facts_at(const Timeline& timeline, domain::Instant now = domain::Instant::max());

}  // namespace ccms::workflow
