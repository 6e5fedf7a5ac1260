#include "server/history/history_line.h"

#include <algorithm>
#include <string>

#include "core/crypto/digest.h"
#include "core/domain/text.h"
#include "core/domain/uuid.h"
#include "core/wire/ticket_reader.h"

namespace ccms::server {
namespace {

using wire::Node;
using wire::ObjectReader;

constexpr std::size_t kMostActions = 1000;

domain::Actor read_actor(const Node& node) {
  return wire::read_object<domain::Actor>(node, [](ObjectReader& object, domain::Actor& actor) {
    object.required("type", actor.type, wire::enumeration<domain::ActorType>);
    object.required("id", actor.id, wire::name_text);
    object.required("name", actor.name, wire::name_text);
  });
}

std::string settings_id(const Node& node) {
  std::string text = wire::read_string(node);
  if (node.json.is_string() && !domain::is_settings_id(text))
    node.fail("bad_value", "This is not a well-formed id.");
  return text;
}

HistoricAction read_action(const Node& node) {
  return wire::read_object<HistoricAction>(node, [](ObjectReader& object, HistoricAction& action) {
    workflow::ActionRequest& request = action.request;
    object.required("at", action.at, wire::instant);
    object.required("action", request.action, settings_id);
    object.optional("note", request.note, wire::long_text);
    object.optional("resolution_code", request.resolution_code, settings_id);
    object.optional("reason", request.reason, settings_id);
    object.optional("assignee", request.assignee, settings_id);
    object.optional("department", request.department, settings_id);
    object.optional("remedy", request.remedy, wire::read_remedy);
    object.optional("attachment", request.attachment, wire::long_text);
    object.required("actor", action.actor, read_actor);
  });
}

// A request that names a clerk came from a till; all others are like those of the API, only that their store
// stands beside them.
domain::TicketRequest read_request(const Node& node) {
  const bool from_till = node.json.is_object() && node.json.contains("clerk");
  auto request =
      wire::read_ticket_request(node, from_till ? wire::RequestOrigin::till : wire::RequestOrigin::api);
  if (request.store)
    node.member("store", node.json).fail("unknown_field", "The store stands beside the request.");
  return request;
}

void check_order(const HistoricTicket& ticket, const Node& node) {
  domain::Instant earliest = ticket.created_at;
  for (std::size_t i = 0; i < ticket.actions.size(); ++i) {
    if (ticket.actions[i].at < earliest) {
      node.problems.add("bad_value", "This is earlier than what happened before it.",
                        node.pointer() + "/actions/" + std::to_string(i) + "/at");
    }
    earliest = std::max(earliest, ticket.actions[i].at);
  }
}

HistoricTicket read_ticket(const Node& node) {
  auto ticket = wire::read_object<HistoricTicket>(node, [](ObjectReader& object, HistoricTicket& read) {
    object.optional("ticket_id", read.id, wire::id<domain::TicketId>);
    object.required("request", read.request, read_request);
    object.required("channel", read.channel, wire::enumeration<domain::Channel>);
    object.optional("store", read.store, wire::id<domain::StoreId>);
    object.optional("till", read.till, wire::id<domain::TillId>);
    object.required("created_at", read.created_at, wire::instant);
    object.required("actor", read.actor, read_actor);
    object.required("actions", read.actions, wire::list_of(kMostActions, read_action));
    if ((read.till || read.channel == domain::Channel::till) && !object.has("store"))
      object.node().problems.add("missing_field", "A till stands in a store.", "/store");
  });
  check_order(ticket, node);
  return ticket;
}

domain::TicketId id_of(std::string_view line, domain::Instant created_at) {
  const domain::Digest digest = crypto::sha256(line);
  domain::UuidEntropy entropy{};
  std::copy_n(digest.begin(), entropy.size(), entropy.begin());
  return domain::TicketId(domain::make_uuid_v7(created_at, entropy));
}

}  // namespace

wire::Parsed<HistoricTicket> parse_history_line(std::string_view line) {
  auto parsed = wire::read_document(line, read_ticket);
  if (parsed && parsed->id.empty()) parsed.value->id = id_of(line, parsed->created_at);
  return parsed;
}

}  // namespace ccms::server
