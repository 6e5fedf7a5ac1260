#pragma once

#include <optional>
#include <string>

#include "core/db/connection.h"
#include "core/settings/settings.h"
#include "server/app/clock.h"
#include "server/store/ticket_record.h"

/// Tickets that their department would have given to somebody by itself, had anybody been there.
namespace ccms::server {

/// Whether it is for the ticket's department to find somebody for it, by itself.
bool is_for_its_department(const TicketRecord& ticket, const settings::Settings& settings);

/// Lets the ticket wait until then. Throws db::DbError.
void await_assignee(db::Connection& connection, const std::string& ticket_id, Instant try_at);

/// When to look again whether anybody is there; nothing for a ticket that does not wait. One that has
/// somebody now, or is done with, waits no more. Throws db::DbError.
std::optional<Instant> next_try(db::Connection& connection, const TicketRecord& ticket,
                                const settings::Settings& settings);

}  // namespace ccms::server
