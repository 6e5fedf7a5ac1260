#pragma once

#include <memory>

#include "core/domain/ticket.h"
#include "plugin/app/till.h"

namespace ccms::plugin::app {

/// The settings to work by. Errors: "not_enrolled", "unavailable" before the first bundle has come, "refused"
/// when CCMS is switched off for this till.
domain::Result<std::shared_ptr<const TillSettings>> settings_in_force(const Till& till);

/// What is done to every content before its first write: payment card numbers are masked, and a confidential
/// category makes the ticket confidential.
void prepare_content(const settings::Bundle& settings, domain::TicketContent& content);

/// The language to answer in: the one asked for, else the one of the host's configuration.
std::string language_or_default(const Till& till, const std::string& asked);

}  // namespace ccms::plugin::app
