#pragma once

#include <vector>

#include "core/settings/workflow_settings.h"
#include "server/http/principal.h"
#include "server/store/ticket_record.h"

namespace ccms::server {

/// The roles that somebody has towards one ticket: being staff of one department gives no role towards
/// another's tickets. What a role may then do is for the chain's process flow.
std::vector<settings::Role> roles_towards(const Principal& principal, const TicketRecord& ticket);

}  // namespace ccms::server
