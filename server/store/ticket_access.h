#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "core/db/connection.h"
#include "server/http/principal.h"
#include "server/store/ticket_record.h"

namespace ccms::server {

/// The ticket that an id, a code in any spelling, or an alias names, if `principal` may see it. Nothing
/// otherwise: the asker must not learn whether it exists. The code of a merged ticket names the one that
/// answers for it, if `principal` may see that; with for_update always the merged one itself, for whoever
/// changes a ticket means that one. Throws db::DbError.
std::optional<TicketRecord> find_visible_ticket(db::Connection& connection, const Principal& principal,
                                                std::string_view id_or_code, bool for_update = false);

/// Two tickets that are changed together; each is absent where find_visible_ticket() would find nothing.
struct TicketPair {
  std::optional<TicketRecord> ticket;
  std::optional<TicketRecord> other;
};

/// Both for_update, locked in the order of their ids, so that two changes of the same tickets wait for each
/// other and never for ever. `other` may name the same ticket. Throws db::DbError.
TicketPair lock_visible_pair(db::Connection& connection, const Principal& principal, std::string_view ticket,
                             std::string_view other);

/// The id of the ticket that the named one was merged into. Nothing is locked, and nobody asked who may see
/// it: lock_visible_pair() must follow. Throws db::DbError.
std::optional<std::string> merged_into_of(db::Connection& connection, std::string_view id_or_code);

/// Of these tickets, the ids of those that `principal` may see. Throws db::DbError.
std::set<std::string> visible_among(db::Connection& connection, const Principal& principal,
                                    const std::vector<std::string>& ticket_ids);

}  // namespace ccms::server
