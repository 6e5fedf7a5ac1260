#pragma once

#include <optional>
#include <string>

#include "core/db/connection.h"
#include "core/wire/json_reader.h"
#include "plugin/app/till.h"
#include "plugin/outbox/ticket_table.h"

namespace ccms::plugin::app {

/// How a request names a ticket: by id, by code in any spelling, or both.
struct TicketName {
  std::string ticket_id;
  domain::TicketCode code;
};

/// Reads the members ticket_id and code; one of them must be there.
TicketName read_ticket_name(wire::ObjectReader& object);

/// A ticket made at this till.
std::optional<outbox::tickets::Ticket> find_own_ticket(db::Connection& connection, const TicketName& name);

/// What a ticket says. Errors: "refused" when it was confidential and has left this till.
domain::Result<domain::TicketRequest> content_of(const outbox::tickets::Ticket& ticket);

/// What its first slip promised, as long as the till remembers how the ticket began.
std::optional<domain::Instant> promised_answer_by(const outbox::tickets::Ticket& ticket);

}  // namespace ccms::plugin::app
