#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/db/connection.h"
#include "server/http/principal.h"
#include "server/store/ticket_record.h"

namespace ccms::server {

/// The ticket that an id, a code in any spelling, or an alias names, if `principal` may see it. Nothing
/// otherwise: the asker must not learn whether it exists. Throws db::DbError.
std::optional<TicketRecord> find_visible_ticket(db::Connection& connection, const Principal& principal,
                                                std::string_view id_or_code, bool for_update = false);

}  // namespace ccms::server
