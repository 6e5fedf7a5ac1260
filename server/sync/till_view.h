#pragma once

#include <nlohmann/json_fwd.hpp>

#include "core/settings/settings.h"
#include "core/wire/sync_messages.h"
#include "server/store/ticket_record.h"
#include "server/store/ticket_search.h"

namespace ccms::server {

// Tickets as tills may see them: names and numbers masked.

/// One line of a till's search: the summary of the plugin's replies.
nlohmann::json till_summary(const TicketRow& row, const settings::Settings& settings);

/// One ticket, for the till that knows its code.
nlohmann::json till_ticket(const TicketRecord& known, const settings::Settings& settings);

/// What has become of a ticket since the till sent it.
wire::TicketUpdate till_update(const TicketRecord& known, const settings::Settings& settings);

}  // namespace ccms::server
