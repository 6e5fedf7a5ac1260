#pragma once

#include "core/db/connection.h"
#include "core/domain/ticket.h"
#include "core/settings/settings.h"
#include "server/app/clock.h"
#include "server/ledger/customer_directory.h"
#include "server/store/ticket_record.h"

namespace ccms::server {

/// Gives a ticket that names no customer the one whom the books name for its verified purchase.
void adopt_customer(TicketRecord& ticket, const PurchaseEvidence& evidence);

/// Remembers what a ticket says at `at` of its customer's name and numbers, so that its numbers of today find
/// all of the customer's tickets. What the host's look-up showed is complete; how a member wants to be
/// reached only adds to it. Training and tickets that contradict the books teach nothing. Throws db::DbError.
void remember_customer(db::Connection& connection, const TicketRecord& ticket,
                       const domain::TicketContent& content, const settings::Settings& settings, Instant at);

}  // namespace ccms::server
