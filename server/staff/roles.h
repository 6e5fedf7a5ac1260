#pragma once

#include "core/workflow/workflow.h"
#include "server/http/principal.h"
#include "server/store/ticket_record.h"

namespace ccms::server {

/// Whether a ticket is within a standing: the chain's, the department's, or one reported at or to be
/// collected at its stores. Confidential ones take the permission for them.
bool reaches(const Standing& standing, const TicketRecord& ticket);

/// What somebody is towards one ticket: being staff of one department gives no role towards another's
/// tickets. What a role may then do is for the chain's process flow.
workflow::Roles roles_towards(const Principal& principal, const TicketRecord& ticket);

}  // namespace ccms::server
