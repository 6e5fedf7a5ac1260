#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/db/connection.h"
#include "server/http/principal.h"
#include "server/store/ticket_record.h"

namespace ccms::server {

/// One ticket as the page of another one names it.
struct LinkedTicket {
  std::string ticket_id, code, state, state_type, details_start;
};

/// What a ticket is linked with, as far as somebody may see it; counts too are of what they may see.
struct LinkedTickets {
  std::optional<LinkedTicket> parent;
  std::vector<LinkedTicket> children;  ///< the newest ones; the list's filter `parent` finds them all
  std::int64_t child_count = 0;
  std::int64_t open_child_count = 0;  ///< neither resolved, closed, invalid nor withdrawn
  std::vector<LinkedTicket> related;
  std::vector<LinkedTicket> merged;  ///< those that it answers for
  std::optional<LinkedTicket> merged_into;
};

/// Throws db::DbError.
LinkedTickets linked_tickets(db::Connection& connection, const Principal& principal,
                             const TicketRecord& ticket);

/// The ticket that answers for a merged one, if `principal` may see it. Throws db::DbError.
std::optional<LinkedTicket> answering_ticket(db::Connection& connection, const Principal& principal,
                                             const TicketRecord& merged);

}  // namespace ccms::server
