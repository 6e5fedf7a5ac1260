#pragma once

#include <vector>

#include "core/workflow/workflow.h"
#include "server/http/principal.h"
#include "server/store/ticket_record.h"

namespace ccms::server {

/// Whether a ticket is within a standing: the chain's, the department's, or one reported at or to be
/// collected at its stores. Confidential ones take the permission for them.
bool reaches(const Standing& standing, const TicketRecord& ticket);

/// Whether somebody with these standings has a permission where the ticket is: one standing must give both.
bool may_towards(const std::vector<Standing>& standings, settings::Permission permission,
                 const TicketRecord& ticket);

/// Whether no ticket of the chain is hidden from somebody, confidential ones included.
bool sees_every_ticket(const Principal& principal);

/// What somebody is towards one ticket: being staff of one department gives no role towards another's
/// tickets. What a role may then do is for the chain's process flow.
workflow::Roles roles_towards(const Principal& principal, const TicketRecord& ticket);

}  // namespace ccms::server
