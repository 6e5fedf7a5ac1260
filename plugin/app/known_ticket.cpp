#include "plugin/app/known_ticket.h"

#include <utility>

#include "core/wire/capture.h"
#include "core/wire/ticket_json.h"

namespace ccms::plugin::app {
namespace {

domain::TicketCode any_spelling(const wire::Node& node) {
  const auto parsed = domain::TicketCode::parse(wire::read_string(node));
  if (!parsed) node.fail("bad_value", parsed.error().message);
  return parsed ? *parsed : domain::TicketCode();
}

std::optional<domain::TicketRequest> request_from_content(std::string_view bytes) {
  return wire::parse_ticket_request(bytes, wire::RequestOrigin::till).value;
}

std::optional<domain::TicketRequest> request_from_creation(std::string_view bytes) {
  auto capture = wire::parse_capture(bytes).value;
  auto* created = capture ? std::get_if<domain::Created>(&capture->body) : nullptr;
  if (created == nullptr) return std::nullopt;
  domain::TicketRequest request;
  request.form_id = std::move(created->form_id);
  request.clerk = std::move(capture->clerk);
  request.content = std::move(created->content);
  return request;
}

}  // namespace

TicketName read_ticket_name(wire::ObjectReader& object) {
  TicketName name;
  domain::TicketId id;
  object.optional("ticket_id", id, wire::id<domain::TicketId>);
  object.optional("code", name.code, any_spelling);
  name.ticket_id = id.str();
  if (!object.has("ticket_id") && !object.has("code")) {
    object.node()
        .member("code", object.node().json)
        .fail("missing_field", "A ticket_id or a code is required.");
  }
  return name;
}

std::optional<outbox::tickets::Ticket> find_own_ticket(db::Connection& connection, const TicketName& name) {
  return name.ticket_id.empty() ? outbox::tickets::find_by_code(connection, name.code.str())
                                : outbox::tickets::find(connection, name.ticket_id);
}

domain::Result<domain::TicketRequest> content_of(const outbox::tickets::Ticket& ticket) {
  const auto& bytes = ticket.content ? *ticket.content : ticket.creation_bytes;
  if (bytes.empty()) {
    return domain::Error{"refused", "this ticket is confidential and is no longer kept on this till",
                         "/ticket_id"};
  }
  auto request = ticket.content ? request_from_content(bytes) : request_from_creation(bytes);
  if (!request) return domain::Error{"storage", "the ticket's content in the journal is damaged", {}};
  return std::move(*request);
}

std::optional<domain::Instant> promised_answer_by(const outbox::tickets::Ticket& ticket) {
  if (ticket.creation_bytes.empty()) return std::nullopt;
  const auto capture = wire::parse_capture(ticket.creation_bytes).value;
  const auto* created = capture ? std::get_if<domain::Created>(&capture->body) : nullptr;
  return created == nullptr ? std::nullopt : created->answer_by;
}

}  // namespace ccms::plugin::app
