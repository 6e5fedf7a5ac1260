#pragma once

#include <string>

#include "core/db/connection.h"
#include "core/domain/ticket_code.h"
#include "server/app/clock.h"

namespace ccms::server {

/// Takes a code for a ticket. Returns false when another ticket has it, as its code or as an alias; the
/// transaction may go on. A code that the ticket has already counts as taken for it. Throws db::DbError.
[[nodiscard]] bool claim_code(db::Connection& connection, const domain::TicketCode& code,
                              const std::string& ticket_id, Instant now);

/// A new code of the server's own, claimed for the ticket: for tickets that were not born at a till, and for
/// those whose code collided. Numbers come from a prefix that the installation's processes share. Throws
/// db::DbError.
domain::TicketCode claim_server_code(db::Connection& connection, const std::string& ticket_id, Instant now);

/// Hands out a prefix that nobody has. `owner_kind` is "till" or "server". Throws db::DbError.
std::string grant_prefix(db::Connection& connection, const std::string& owner_kind, const std::string& owner,
                         Instant now);

}  // namespace ccms::server
