#pragma once

#include <optional>
#include <string>

#include "core/domain/actor.h"
#include "core/domain/remedy.h"
#include "plugin/app/action.h"

namespace ccms::plugin::app {

/// Has the host ask a manager; it must be one that asks managers. Errors: "refused" when the manager does not
/// approve, "unavailable" when the host cannot ask now or its answer cannot be read: what a manager should
/// see is not done behind their back. Where the customer is given something, the manager is told what.
domain::Result<domain::Clerk> ask_manager(const Till& till, const std::string& reason,
                                          const std::optional<domain::Remedy>& remedy = std::nullopt);

/// Asks where a ticket is to be changed after the chain's window for free changes.
/// Nothing when nobody need be asked or the host asks no managers. Errors: those of ask_manager().
domain::Result<std::optional<domain::Clerk>> approval_of_late_change(
    const Till& till, const OwnTicket& own, const std::optional<std::string>& reason);

}  // namespace ccms::plugin::app
