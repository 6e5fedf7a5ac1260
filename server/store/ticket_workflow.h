#pragma once

#include "core/settings/settings.h"
#include "server/store/ticket_record.h"

namespace ccms::server {

/// The workflow that a ticket goes by. One that was made before the chain had several, or whose workflow is
/// gone, goes by the one that such a ticket would get today.
const settings::Workflow& workflow_of(const TicketRecord& ticket, const settings::Settings& settings);

/// Writes into a ticket that names no workflow the one that it goes by, so that later settings do not move
/// it.
void settle_workflow(TicketRecord& ticket, const settings::Settings& settings);

}  // namespace ccms::server
