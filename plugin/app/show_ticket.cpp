#include "plugin/app/show_ticket.h"

#include <nlohmann/json.hpp>

#include "core/wire/problems.h"
#include "core/wire/ticket_json.h"
#include "plugin/app/known_ticket.h"
#include "plugin/app/possible_actions.h"
#include "plugin/app/settings_in_force.h"
#include "plugin/app/summary.h"
#include "plugin/outbox/capture_table.h"
#include "plugin/outbox/failure_table.h"
#include "plugin/outbox/update_table.h"

namespace ccms::plugin::app {
namespace {

using nlohmann::ordered_json;

struct ShowRequest {
  TicketName name;
  std::string language;
};

ShowRequest read(const wire::Node& node) {
  return wire::read_object<ShowRequest>(node, [](wire::ObjectReader& object, ShowRequest& request) {
    request.name = read_ticket_name(object);
    object.optional("language", request.language, wire::language_tag);
  });
}

void add_signed_part(ordered_json& entry, const std::string& bytes) {
  // Our own bytes; the ones of a confidential ticket are gone.
  const auto capture = ordered_json::parse(bytes, nullptr, false);
  if (!capture.is_object()) return;
  const auto& clerk = capture.at("clerk");
  entry["actor"] = {{"type", "clerk"}, {"id", clerk.at("id")}, {"name", clerk.at("name")}};
  entry["body"] = capture.at("body");
}

ordered_json history_of(db::Connection& connection, const std::string& ticket_id) {
  auto history = ordered_json::array();
  for (const auto& event : outbox::captures::of_ticket(connection, ticket_id)) {
    ordered_json entry{{"event_id", event.event_id},
                       {"type", event.type},
                       {"at", domain::format_rfc3339(event.recorded_at)},
                       {"state", event.state}};
    add_signed_part(entry, outbox::captures::bytes(connection, event.event_id));
    if (const auto failure = outbox::failures::find(connection, event.event_id)) {
      entry["problem"] = wire::to_json(failure->problem);
    }
    history.push_back(std::move(entry));
  }
  return history;
}

ordered_json whole_ticket(db::Connection& connection, const settings::Bundle& settings,
                          const outbox::tickets::Ticket& ticket, const std::string& language) {
  auto json = summary_of(connection, settings, ticket, language);
  const auto request = content_of(ticket);
  if (!request) return json;
  // What the clerk can amend, as it was entered at this till.
  const auto content = wire::to_json(*request);
  for (const auto* part : {"ticket", "complainant", "customer", "transaction", "proof"}) {
    if (content.contains(part)) json[part] = content.at(part);
  }
  return json;
}

/// The code to ask the server by.
std::string code_for_server(db::Connection& connection, const TicketName& name,
                            const std::optional<outbox::tickets::Ticket>& own) {
  if (!name.code.empty()) return name.code.str();
  if (own) return own->code;
  const auto update = outbox::updates::find(connection, name.ticket_id);
  return update ? update->code.str() : std::string();
}

}  // namespace

domain::Result<std::string> show_ticket(Till& till, std::string_view bytes) {
  const auto request = wire::read_document(bytes, read);
  if (!request) return request.errors.front();
  const auto settings = settings_in_force(till);
  if (!settings) return settings.error();

  ordered_json reply = ordered_json::object();
  std::string code;
  {
    const auto connection = till.journal.lease();
    const auto own = find_own_ticket(*connection, request->name);
    code = code_for_server(*connection, request->name, own);
    if (own) {
      reply["ticket"] =
          whole_ticket(*connection, (*settings)->bundle, *own, language_or_default(till, request->language));
      reply["history"] = history_of(*connection, own->ticket_id.str());
      reply["actions"] = possible_actions(*connection, *own, reply["ticket"], reply["history"]);
    }
  }
  if (code.empty())
    return domain::Error{"not_found", "this till knows no such ticket; ask for it by its code", "/ticket_id"};
  reply["request_id"] = till.requests.submit(NetworkRequest::Kind::ticket, "/api/v1/sync/tickets/" + code);
  till.wake.new_work();
  return reply.dump();
}

}  // namespace ccms::plugin::app
