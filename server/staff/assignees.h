#pragma once

#include <string>
#include <vector>

#include "core/db/connection.h"
#include "core/domain/result.h"
#include "core/settings/settings.h"
#include "server/http/principal.h"
#include "server/store/ticket_record.h"

namespace ccms::server {

/// The role in which a ticket can be assigned to somebody: one of the workflow's resolvers, or where it names
/// none, one that works where the ticket is. Empty: there is none.
std::string resolving_role(const std::vector<Standing>& standings, const settings::Workflow& flow,
                           const TicketRecord& ticket);

/// In which role a user gets a ticket that is (or is about to be) as it stands here. Errors, at /assignee:
/// unknown_assignee, wrong_department when resolving_role() finds none. Throws db::DbError.
domain::Result<std::string> role_of_assignee(db::Connection& connection, const std::string& user_id,
                                             const TicketRecord& ticket, const settings::Settings& settings);

/// Whether some ticket of the department can be assigned to somebody: by any of the workflows, reported at
/// any store. What a single ticket asks beyond that (it is confidential, it is another store's) is for
/// resolving_role().
bool resolves_in(const std::vector<Standing>& standings, const settings::Settings& settings,
                 const std::string& department);

}  // namespace ccms::server
