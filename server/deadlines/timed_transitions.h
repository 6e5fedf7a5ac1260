#pragma once

#include <optional>

#include "core/settings/workflow_settings.h"
#include "server/deadlines/deadlines.h"

namespace ccms::server {

/// A transition that a ticket takes by itself: nobody did anything about it for the time that the workflow
/// gives.
struct TimedTransition {
  const settings::Transition* transition = nullptr;  ///< into the settings in force
  Instant due_at{};
};

/// The one that waits for a ticket in the state it is in; counted from when it came to that state, on the
/// calendar of its region. Nothing for training tickets.
std::optional<TimedTransition> timed_transition_of(const TicketRecord& ticket, const TicketClocks& clocks,
                                                   const PublishedSettings& in_force);

}  // namespace ccms::server
