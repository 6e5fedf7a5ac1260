#include "plugin/app/unsent.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "core/wire/problems.h"
#include "plugin/app/empty_request.h"
#include "plugin/outbox/capture_table.h"
#include "plugin/outbox/failure_table.h"
#include "plugin/outbox/ticket_table.h"

namespace ccms::plugin::app {
namespace {

using nlohmann::ordered_json;

std::string code_of(db::Connection& connection, const std::string& ticket_id) {
  const auto ticket = outbox::tickets::find(connection, ticket_id);
  if (!ticket) return {};
  const auto code = domain::TicketCode::parse(ticket->code);
  return code ? code->display() : ticket->code;
}

ordered_json event_json(const Till& till, db::Connection& connection,
                        const outbox::captures::Standing& event) {
  const auto failure = outbox::failures::find(connection, event.event_id);
  ordered_json json{{"event_id", event.event_id},
                    {"ticket_id", event.ticket_id},
                    {"code", code_of(connection, event.ticket_id)},
                    {"type", event.type},
                    {"created_at", domain::format_rfc3339(event.recorded_at)},
                    {"attempts", std::max(till.attempts.of(event.event_id), failure ? failure->attempts : 0)},
                    {"state", event.state}};
  if (failure) json["problem"] = wire::to_json(failure->problem);
  return json;
}

}  // namespace

domain::Result<std::string> unsent(Till& till, std::string_view request) {
  if (const auto checked = check_empty_request(request); !checked) return checked.error();
  const auto connection = till.journal.lease();
  auto events = ordered_json::array();
  for (const auto& event : outbox::captures::waiting(*connection))
    events.push_back(event_json(till, *connection, event));
  return ordered_json{{"events", std::move(events)}}.dump();
}

}  // namespace ccms::plugin::app
