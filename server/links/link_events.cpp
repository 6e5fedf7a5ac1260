#include "server/links/link_events.h"

#include <stdexcept>
#include <vector>

#include "server/app/identifiers.h"
#include "server/store/changes.h"
#include "server/store/ticket_access.h"

namespace ccms::server {
namespace {

using nlohmann::json;

/// The id of the other ticket that an event is about; empty for most events.
std::string other_in(const json& event) {
  const auto data = event.find("data");
  if (data == event.end() || !data->is_object()) return {};
  const auto other = data->find("ticket");
  return other != data->end() && other->is_object() ? other->value("ticket_id", "") : "";
}

}  // namespace

std::string note_about(db::Connection& connection, TicketRecord& ticket, const TicketRecord& other,
                       const std::string& type, json data, const EventActor& actor, Instant now) {
  data["ticket"] = {{"ticket_id", other.ticket_id}, {"code", other.code}};
  NewEvent event;
  event.event_id = new_uuid(now);
  event.type = type;
  event.actor = actor;
  event.at = now;
  event.data = std::move(data);
  append_event(connection, ticket, event, now);
  ticket.updated_at = to_epoch_ms(now);
  return event.event_id;
}

void note_late_event(db::Connection& connection, const TicketRecord& merged, const NewEvent& event,
                     Instant now) {
  std::optional<TicketRecord> answers;
  for (auto next = merged.merged_into; next; next = answers ? answers->merged_into : std::nullopt)
    answers = load_ticket(connection, *next, true);
  if (!answers) return;
  note_about(connection, *answers, merged, "merged_ticket_changed", {{"event", event.type}}, event.actor,
             now);
  write_locked(connection, *answers, now);
}

void hide_unseen_tickets(db::Connection& connection, const Principal& principal, json& events) {
  std::vector<std::string> others;
  for (const json& event : events) {
    if (auto other = other_in(event); !other.empty()) others.push_back(std::move(other));
  }
  if (others.empty()) return;
  const auto visible = visible_among(connection, principal, others);
  for (json& event : events) {
    const auto other = other_in(event);
    if (!other.empty() && !visible.contains(other)) event["data"].erase("ticket");
  }
}

}  // namespace ccms::server
