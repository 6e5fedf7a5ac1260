#pragma once

#include <string>

#include "core/db/connection.h"
#include "core/domain/ticket.h"
#include "server/settings/published_settings.h"
#include "server/store/ticket_record.h"
#include "server/verification/verification.h"

namespace ccms::server {

/// What routing looks at: what the ticket says, how it came, and what its verification is at that moment.
domain::TicketFacts routing_facts(domain::TicketFacts facts, const std::string& channel,
                                  const std::string& verification);

// record_checks() and allocate() change `ticket` and add events; the caller writes the row afterwards
// (insert_ticket, update_ticket) in the same transaction. All throw db::DbError.

/// Takes over the outcome of the automatic checks, with an event; a pending ticket is looked at again. A
/// ticket that a person rejected stays so.
void record_checks(db::Connection& connection, TicketRecord& ticket, const VerificationResult& result,
                   Instant now);

/// Whether the ticket has this outcome already.
bool is_recorded(const TicketRecord& ticket, const VerificationResult& result);

/// True when the flow lets the ticket go to a department now: it has none yet, it is no training ticket, and
/// verification is not still being waited for.
bool may_be_allocated(const TicketRecord& ticket, const settings::Settings& settings);

/// Routes the ticket to a department and priority by the rules, with an event that explains it. Does nothing
/// unless may_be_allocated(). Returns whether it did; tell_of_creation() belongs after the row was written
/// then.
bool allocate(db::Connection& connection, TicketRecord& ticket, const settings::Settings& settings,
              Instant now);

/// After an amendment: what routing says of the ticket as it is now, when that is another department or
/// priority than it said of `before`. Where nobody has touched the ticket since it was routed, it is routed
/// anew, with an event that says why and where it was; otherwise it stays where people put it, and its
/// history says what routing would say now. Changes `ticket` and adds events; the caller writes the row and,
/// when this returns true, calls tell_of_reroute(). Returns whether it went to another department.
bool route_anew(db::Connection& connection, const TicketRecord& before, TicketRecord& ticket,
                const settings::Settings& settings, Instant now);

/// Writes the messages about a new ticket to the department that has it now.
void tell_of_reroute(db::Connection& connection, const TicketRecord& ticket,
                     const settings::Settings& settings, Instant now);

/// Writes the messages about a new ticket that have not been written yet: the customer's at creation, the
/// department's as soon as there is one. Safe to call again.
void tell_of_creation(db::Connection& connection, const TicketRecord& ticket,
                      const settings::Settings& settings, Instant now);

}  // namespace ccms::server
