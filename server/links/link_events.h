#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "core/db/connection.h"
#include "core/domain/result.h"
#include "server/app/clock.h"
#include "server/http/principal.h"
#include "server/store/ticket_events.h"
#include "server/store/ticket_record.h"

namespace ccms::server {

/// Adds an event about `other` to the history of `ticket`: its data are `data`, and `ticket` with id and code
/// of the other. write_back() (changes.h) must follow. Returns the event's id. Throws db::DbError.
std::string note_about(db::Connection& connection, TicketRecord& ticket, const TicketRecord& other,
                       const std::string& type, nlohmann::json data, const EventActor& actor, Instant now);

/// What happens to a merged ticket after its merge (a till knew nothing of it) stays in its own history; the
/// one that answers for it notes that something happened, and not what. Throws db::DbError.
void note_late_event(db::Connection& connection, const TicketRecord& merged, const NewEvent& event,
                     Instant now);

/// Takes out of the data of events, as the API shows them, the tickets that `principal` may not see. Throws
/// db::DbError.
void hide_unseen_tickets(db::Connection& connection, const Principal& principal, nlohmann::json& events);

}  // namespace ccms::server
