#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string>

#include "core/db/connection.h"
#include "server/app/clock.h"
#include "server/store/ticket_record.h"

namespace ccms::server {

/// Who did something. `type`: clerk, staff, customer, system, till, client.
struct EventActor {
  std::string type;
  std::string id;
  std::string name;
};

/// Who does what nobody in particular does.
const EventActor& system_actor();

struct NewEvent {
  std::string event_id;  ///< UUIDv7; empty: one is made
  std::string type;      ///< created, amended, commented, routed, state_changed …
  EventActor actor;
  bool is_public = false;  ///< the customer may read it
  Instant at;              ///< when it happened (corrected time of a till)
  nlohmann::json data = nlohmann::json::object();
  std::optional<std::string> capture_digest;
  std::string salt;  ///< 32 hex digits; empty: one is made
};

/// Whether an event with these data can be stored on every database.
bool fits_event(const nlohmann::json& data);

/// Adds an event to the ticket's history and to its hash chain, whose head in `ticket` moves on:
/// update_ticket() or insert_ticket() must follow in the same transaction. Throws db::DbError.
void append_event(db::Connection& connection, TicketRecord& ticket, const NewEvent& event, Instant now);

/// What the chain hashes: of everything that may be personal (who did what, in what words) a salted digest,
/// so that erasing it leaves the chain verifiable.
std::string event_content_digest(const std::string& salt, const EventActor& actor, bool is_public,
                                 const std::optional<std::string>& capture_digest, const std::string& data);
std::string event_chain_digest(const std::string& ticket_id, std::int64_t number, const std::string& type,
                               std::int64_t at_ms, const std::string& content_digest,
                               const std::string& previous_digest);

}  // namespace ccms::server
