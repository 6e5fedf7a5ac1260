#include "server/store/ticket_events.h"

#include "core/crypto/digest.h"
#include "core/crypto/random.h"
#include "server/app/identifiers.h"

namespace ccms::server {
namespace {

constexpr std::size_t kColumnBytes = 65'535;

std::string written(const nlohmann::json& document) {
  return document.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

}  // namespace

const EventActor& system_actor() {
  static const EventActor system{"system", "server", "CCMS"};
  return system;
}

bool fits_event(const nlohmann::json& data) { return written(data).size() <= kColumnBytes; }

std::string event_content_digest(const std::string& salt, const EventActor& actor, bool is_public,
                                 const std::optional<std::string>& capture_digest, const std::string& data) {
  // As JSON, so that no name can be written that moves the border between two members.
  const nlohmann::json head = {actor.type, actor.id, actor.name, is_public, capture_digest.value_or("")};
  return crypto::sha256_hex("ccms-event-content-1\n" + salt + "\n" + written(head) + "\n" + data);
}

std::string event_chain_digest(const std::string& ticket_id, std::int64_t number, const std::string& type,
                               std::int64_t at_ms, const std::string& content_digest,
                               const std::string& previous_digest) {
  return crypto::sha256_hex("ccms-event-1\n" + ticket_id + "\n" + std::to_string(number) + "\n" + type +
                            "\n" + std::to_string(at_ms) + "\n" + content_digest + "\n" + previous_digest);
}

void append_event(db::Connection& connection, TicketRecord& ticket, const NewEvent& event, Instant now) {
  const std::string event_id = event.event_id.empty() ? new_uuid(now) : event.event_id;
  const std::string salt = event.salt.empty() ? crypto::hex_encode(crypto::random_bytes(16)) : event.salt;
  const std::string data = written(event.data);
  const std::int64_t number = ticket.last_event_number + 1;
  const std::string content_digest =
      event_content_digest(salt, event.actor, event.is_public, event.capture_digest, data);
  const std::string previous = ticket.last_event_digest;
  const std::string digest = event_chain_digest(ticket.ticket_id, number, event.type, to_epoch_ms(event.at),
                                                content_digest, previous);
  connection.execute(
      "INSERT INTO ticket_events (event_id, ticket_id, number, type, actor_type, actor_id, actor_name, "
      "visibility, at, "
      "recorded_at, data, capture_digest, salt, content_digest, previous_digest, digest) "
      "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
      {event_id, ticket.ticket_id, number, event.type, event.actor.type, event.actor.id, event.actor.name,
       event.is_public ? "public" : "internal", to_epoch_ms(event.at), to_epoch_ms(now), data,
       event.capture_digest, salt, content_digest, previous, digest});
  ticket.last_event_number = number;
  ticket.last_event_digest = digest;
}

}  // namespace ccms::server
