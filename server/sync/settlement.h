#pragma once

#include <string>

#include "core/domain/event.h"
#include "core/domain/result.h"
#include "core/settings/settings.h"
#include "server/store/ticket_record.h"

namespace ccms::server {

/// The closed state that a ticket's workflow leads to, the first of several.
const settings::State* first_closed_state(const settings::Settings& settings, const settings::Workflow& flow);

/// Whether a ticket can be settled so by this clerk. `under` are the settings that the till had: what it
/// offered holds, retired since or not. Problems: already_finished (/ticket_id); unknown_option
/// (/body/resolution_code); those of settings::check_remedy() and check_approval(), below /body.
domain::Result<void> check_settlement(const TicketRecord& ticket, const domain::Settled& body,
                                      const domain::Clerk& clerk, const settings::Settings& under);

/// Where a settlement takes a ticket: where the flow's `close` leads from its state, else where any `close`
/// leads, else the first closed state; null when the flow has none.
const settings::State* state_when_settled(const settings::Settings& settings, const settings::Workflow& flow,
                                          const std::string& state);

}  // namespace ccms::server
