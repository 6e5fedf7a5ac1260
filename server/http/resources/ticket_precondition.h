#pragma once

#include <optional>

#include "core/db/connection.h"
#include "server/http/message.h"
#include "server/store/ticket_record.h"

namespace ccms::server {

/// 412 version_mismatch when the request has an If-Match that is not the ticket's version; nothing otherwise.
std::optional<Response> refuse_stale(const Request& request, const TicketRecord& ticket);

/// 409 ticket_merged: nothing can be done with a merged ticket. `merged_into` of the problem is the code of
/// the one that answers for it, if `principal` may see that. `field` is where the request names the merged
/// one. Throws db::DbError.
Response merged_refusal(db::Connection& connection, const Principal& principal, const TicketRecord& merged,
                        const std::string& field = "");

}  // namespace ccms::server
