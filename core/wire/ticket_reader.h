#pragma once

#include "core/domain/settlement.h"
#include "core/domain/ticket.h"
#include "core/wire/json_reader.h"
#include "core/wire/ticket_json.h"

// Readers of tickets' parts, shared by requests and captures.

namespace ccms::wire {

/// Whether flags and lists that have an obvious empty value may be left out: yes for people's requests, no
/// for captures, which a program wrote.
enum class Absence { allowed, refused };

/// The members of TicketContent, which stand beside others in requests and in the `created` event. Also
/// checks that a proof has what it needs: a transaction, or a reason for having none.
void read_content(ObjectReader& object, domain::TicketContent& content, Absence absence);

domain::TicketRequest read_ticket_request(const Node& node, RequestOrigin origin);
domain::ContentChanges read_content_changes(const Node& node);
domain::TicketFields read_ticket_fields(const Node& node, Absence absence);
domain::CustomValues read_custom_values(const Node& node);
domain::Complainant read_complainant(const Node& node);
domain::Customer read_customer(const Node& node, Absence absence);
domain::Transaction read_transaction(const Node& node);
domain::Proof read_proof(const Node& node);
domain::Clerk read_clerk(const Node& node);
/// Also refuses a negative amount: what a customer gives back is none.
domain::Remedy read_remedy(const Node& node);
domain::Settled read_settled(const Node& node);
/// The members of a settlement, which may stand beside others.
domain::Settled read_settlement(ObjectReader& object);

}  // namespace ccms::wire
