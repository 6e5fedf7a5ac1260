#pragma once

#include "core/db/connection.h"
#include "core/domain/transaction.h"
#include "server/verification/verification.h"

namespace ccms::server {

/// Replaces the rows that say which goods a ticket complains about. Throws db::DbError.
void write_ticket_lines(db::Connection& connection, const std::string& ticket_id,
                        const std::optional<domain::Transaction>& transaction);

/// What other open tickets complain about of the same purchase; training, withdrawn and finished ones do not
/// count. Throws db::DbError.
ClaimedQuantities claimed_by_others(db::Connection& connection, const std::string& ticket_id,
                                    const domain::Transaction& transaction);

}  // namespace ccms::server
