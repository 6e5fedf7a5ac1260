#pragma once

#include <optional>
#include <string>

#include "core/domain/actor.h"
#include "plugin/app/action.h"

namespace ccms::plugin::app {

/// Has the host ask a manager, where a ticket is to be changed after the chain's window for free changes.
/// Nothing when nobody need be asked or the host asks no managers. Errors: "refused" when the manager does
/// not approve, "unavailable" when the host cannot ask now or its answer cannot be read: a change that a
/// manager should see is not made behind their back.
domain::Result<std::optional<domain::Clerk>> approval_of_late_change(
    const Till& till, const OwnTicket& own, const std::optional<std::string>& reason);

}  // namespace ccms::plugin::app
