#include "server/http/resources/ticket_actions_resource.h"

#include <nlohmann/json.hpp>
#include <set>

#include "core/domain/text.h"
#include "core/wire/ticket_json.h"
#include "server/actions/ticket_actions.h"
#include "server/http/idempotency.h"
#include "server/http/json_body.h"
#include "server/http/problem.h"
#include "server/http/resources/ticket_precondition.h"
#include "server/http/resources/ticket_view.h"
#include "server/http/resources/with_settings.h"
#include "server/staff/roles.h"
#include "server/store/ticket_access.h"

namespace ccms::server {
namespace {

using domain::Error;

constexpr std::size_t kIdLimit = 64;

struct Wish {
  workflow::ActionRequest action;
  bool for_customer = false;
};

struct Comment {
  std::string text;
  bool is_public = false;
  bool for_customer = false;
};

/// Whether a program says that it is the customer who does this.
bool read_for_customer(JsonBody& body) {
  return body.choice("as", {"staff", "customer"}, "staff") == "customer";
}

std::optional<domain::Remedy> read_remedy(JsonBody& body) {
  const auto* given = body.raw("remedy");
  if (given == nullptr) return std::nullopt;
  auto parsed = wire::parse_remedy(given->dump());
  for (const auto& error : parsed.errors) body.fail(error.code, error.message, "/remedy" + error.field);
  return std::move(parsed.value);
}

Wish read_wish(JsonBody& body) {
  Wish wish;
  wish.for_customer = read_for_customer(body);
  workflow::ActionRequest& action = wish.action;
  action.action = body.required_text("action", kIdLimit);
  action.note = body.optional_text("note", domain::kLongTextLimit);
  action.resolution_code = body.optional_text("resolution_code", kIdLimit);
  action.reason = body.optional_text("reason", kIdLimit);
  action.assignee = body.optional_text("assignee", kIdLimit);
  action.department = body.optional_text("department", kIdLimit);
  action.remedy = read_remedy(body);
  action.attachment = body.optional_text("attachment", workflow::kAttachmentLimit);
  return wish;
}

Comment read_comment(JsonBody& body) {
  Comment comment;
  comment.for_customer = read_for_customer(body);
  comment.text = body.required_text("text", domain::kLongTextLimit);
  // Who wrote it reads it: what a customer says is never kept from them.
  const std::string otherwise = comment.for_customer ? "public" : "internal";
  comment.is_public = body.choice("visibility", {"public", "internal"}, otherwise) == "public";
  if (comment.for_customer && !comment.is_public)
    body.fail("bad_value", "what a customer writes is public", "/visibility");
  return comment;
}

// 409: right, but not now. 403: right, but not you. 422: wrong whoever asks.
Response refusal(const Error& error) {
  static const std::set<std::string, std::less<>> not_now = {"transition_not_allowed", "ticket_withdrawn",
                                                             "verification_required",  "version_conflict",
                                                             "ambiguous_action",       "ticket_merged"};
  if (not_now.contains(error.code)) return problem(409, error);
  return problem(error.code == "role_not_allowed" ? 403 : 422, error);
}

Response not_for_customers() {
  return problem(403, Error{"forbidden", "this needs the permission tickets.for_customers", "/as"});
}

/// Nothing when the asker may not act for customers.
std::optional<ActingPerson> person_of(const Principal& principal, const TicketRecord& ticket,
                                      bool for_customer) {
  return for_customer ? acting_customer(principal, ticket) : acting_person(principal, ticket);
}

/// Acknowledging says as much to the others as a comment does.
Response may_not_comment() {
  return problem(403, Error{"forbidden", "this needs the permission tickets.comment", ""});
}

}  // namespace

void TicketActionsResource::add_routes(Router& router) {
  router.add("POST", "/api/v1/tickets/{id}/actions", Access::staff_or_client,
             [this](const Request& request) { return act(request); });
  router.add("POST", "/api/v1/tickets/{id}/acknowledgements", Access::staff_or_client,
             [this](const Request& request) { return acknowledge(request); });
  router.add("POST", "/api/v1/tickets/{id}/comments", Access::staff_or_client,
             [this](const Request& request) { return comment(request); });
}

Response TicketActionsResource::act(const Request& request) const {
  JsonBody body(request.body);
  const Wish wish = read_wish(body);
  if (const auto errors = body.finish(); !errors.empty())
    return refuse_once(services_, request, IdempotencyKey::optional, problem(422, errors));
  return with_settings(services_, [&](const PublishedSettings& published) {
    return change_once(services_, request, IdempotencyKey::optional, [&](db::Connection& connection) {
      auto ticket = find_visible_ticket(connection, request.principal, request.param("id"), true);
      if (!ticket) return ticket_not_found();
      if (auto stale = refuse_stale(request, *ticket)) return *stale;
      if (ticket->merged_into) return merged_refusal(connection, request.principal, *ticket);
      const auto person = person_of(request.principal, *ticket, wish.for_customer);
      if (!person) return not_for_customers();
      const auto taken =
          take_action(connection, *ticket, published, *person, wish.action, services_.clock.now());
      if (!taken) return refusal(taken.error());
      return ticket_response(200, connection, *ticket, published.settings, request.principal);
    });
  });
}

Response TicketActionsResource::acknowledge(const Request& request) const {
  return with_settings(services_, [&](const PublishedSettings& published) {
    return change_once(services_, request, IdempotencyKey::optional, [&](db::Connection& connection) {
      auto ticket = find_visible_ticket(connection, request.principal, request.param("id"), true);
      if (!ticket) return ticket_not_found();
      if (!may_towards(request.principal.standings, settings::Permission::tickets_comment, *ticket))
        return may_not_comment();
      if (ticket->merged_into) return merged_refusal(connection, request.principal, *ticket);
      const auto done =
          acknowledge_escalation(connection, *ticket, published, request.principal, services_.clock.now());
      if (!done) return refusal(done.error());
      return ticket_response(200, connection, *ticket, published.settings, request.principal);
    });
  });
}

Response TicketActionsResource::comment(const Request& request) const {
  JsonBody body(request.body);
  const Comment comment = read_comment(body);
  if (const auto errors = body.finish(); !errors.empty())
    return refuse_once(services_, request, IdempotencyKey::optional, problem(422, errors));
  return with_settings(services_, [&](const PublishedSettings& published) {
    return change_once(services_, request, IdempotencyKey::optional, [&](db::Connection& connection) {
      auto ticket = find_visible_ticket(connection, request.principal, request.param("id"), true);
      if (!ticket) return ticket_not_found();
      const auto person = person_of(request.principal, *ticket, comment.for_customer);
      if (!person) return not_for_customers();
      if (!comment.for_customer &&
          !may_towards(request.principal.standings, settings::Permission::tickets_comment, *ticket))
        return may_not_comment();
      if (auto stale = refuse_stale(request, *ticket)) return *stale;
      if (ticket->merged_into) return merged_refusal(connection, request.principal, *ticket);
      const auto added = add_comment(connection, *ticket, published, *person, comment.text, comment.is_public,
                                     services_.clock.now());
      if (!added) return refusal(added.error());
      return ticket_response(201, connection, *ticket, published.settings, request.principal);
    });
  });
}

}  // namespace ccms::server
