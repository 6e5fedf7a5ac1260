#include "server/http/resources/create_ticket_resource.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <optional>
#include <utility>

#include "core/domain/ticket_code.h"
#include "core/settings/form.h"
#include "core/wire/ticket_json.h"
#include "server/http/idempotency.h"
#include "server/http/problem.h"
#include "server/http/resources/ticket_view.h"
#include "server/http/resources/with_settings.h"
#include "server/intake/intake.h"
#include "server/store/active_tickets.h"
#include "server/store/sql_fragment.h"
#include "server/store/visibility.h"

namespace ccms::server {
namespace {

using domain::Error;

// A store manager's tickets are their store's unless they say otherwise.
std::optional<std::string> store_of(const domain::TicketRequest& wish, const Principal& principal) {
  if (wish.store) return wish.store->str();
  for (const Standing& standing : principal.standings) {
    if (standing.scope == settings::RoleScope::store && standing.may(settings::Permission::tickets_create))
      return standing.at;
  }
  return std::nullopt;
}

// Departments and headquarters write down what they are told of any store; a manager speaks for their own.
bool covers(const Standing& standing, const std::optional<std::string>& store) {
  return !standing.is_of_stores() || (store && standing.has_store(*store));
}

bool takes_in_at(const Standing& standing, const std::optional<std::string>& store) {
  return standing.may(settings::Permission::tickets_create) && covers(standing, store);
}

bool may_report_at(const std::optional<std::string>& store, const Principal& principal) {
  return std::any_of(principal.standings.begin(), principal.standings.end(),
                     [&](const Standing& standing) { return takes_in_at(standing, store); });
}

// A workflow can say who takes its tickets in: the same role that lets somebody do so at this store.
std::optional<Response> refuse_creator(const domain::TicketRequest& wish,
                                       const std::optional<std::string>& store, const Principal& principal,
                                       const settings::Settings& settings) {
  const auto& category = wish.content.ticket.category;
  const auto& creators = settings.workflow_of_new(wish.content.kind, category).creators;
  const bool is_one =
      std::any_of(principal.standings.begin(), principal.standings.end(), [&](const Standing& standing) {
        return takes_in_at(standing, store) &&
               std::find(creators.begin(), creators.end(), standing.role) != creators.end();
      });
  if (creators.empty() || is_one) return std::nullopt;
  return problem(403, Error{"role_not_allowed", "your role does not take in such tickets",
                            category ? "/ticket/category" : "/kind"});
}

std::optional<Response> refuse_store(const std::optional<std::string>& store, const Principal& principal,
                                     const settings::Settings& settings) {
  if (!may_report_at(store, principal))
    return problem(403, Error{"store_not_allowed", "your role does not cover this store", "/store"});
  if (!store) return std::nullopt;
  if (!settings.find_store(*store))
    return problem(422, Error{"bad_value", "there is no such store", "/store"});
  if (!settings.store_enabled(*store))
    return problem(403, Error{"ccms_disabled", "complaints are not taken at this store", "/store"});
  return std::nullopt;
}

// Whether there is an open ticket on the same purchase. Its code is told only to those who may see that
// ticket, and of a confidential one they are not told at all.
std::optional<Response> refuse_duplicate(db::Connection& connection, const Principal& principal,
                                         const domain::TicketRequest& wish) {
  const auto& purchase = wish.content.transaction;
  if (wish.accept_duplicate || !purchase) return std::nullopt;
  SqlFragment sql;
  sql.add("SELECT t.code, CASE WHEN ").add(visible_tickets(principal)).add(" THEN 1 ELSE 0 END AS visible ");
  sql.add("FROM tickets t WHERE t.transaction_id = ?", purchase->id)
      .add(" AND t.transaction_store = ?", purchase->store.str())
      .add(" AND ")
      .add(kIsActiveInEarnest)
      .add(" AND (t.confidential = 0 OR ")
      .add(visible_tickets(principal))
      .add(") ORDER BY visible DESC LIMIT 1");
  const db::Rows rows = connection.query(sql.text, sql.params);
  if (rows.empty()) return std::nullopt;
  const auto code = domain::TicketCode::parse(rows.front().text("code"));
  const std::string which = rows.front().boolean("visible") && code ? ": " + code->display() : "";
  return problem(
      409, Error{"duplicate_suspected", "there is an open ticket on this purchase" + which, "/transaction"});
}

NewTicket new_ticket(const Request& request, const domain::TicketRequest& wish,
                     std::optional<std::string> store, std::int64_t settings_version,
                     PurchaseEvidence evidence, Instant now) {
  NewTicket ticket;
  ticket.content = wish.content;
  ticket.channel = domain::Channel::console;
  ticket.actor = {request.principal.kind == Principal::Kind::client ? "client" : "staff",
                  request.principal.id, request.principal.name};
  ticket.store = std::move(store);
  if (wish.form_id) ticket.form_id = wish.form_id->str();
  ticket.settings_version = settings_version;
  ticket.created_at = now;
  ticket.evidence = std::move(evidence);
  return ticket;
}

}  // namespace

void CreateTicketResource::add_routes(Router& router) {
  router.add("POST", "/api/v1/tickets", Access::staff_or_client,
             [this](const Request& request) { return create(request); });
}

Response CreateTicketResource::create(const Request& request) const {
  auto parsed = wire::parse_ticket_request(request.body, wire::RequestOrigin::api);
  if (!parsed) return refuse_once(services_, request, IdempotencyKey::required, problem(422, parsed.errors));
  domain::TicketRequest wish = std::move(*parsed.value);
  domain::redact_card_numbers(wish.content);
  return with_settings(services_, [&](const PublishedSettings& published) -> Response {
    const auto store = store_of(wish, request.principal);
    // A directory can be another system and slow: it is asked before any lock is held.
    const PurchaseEvidence evidence = evidence_for(directory_, wish.content);
    return change_once(
        services_, request, IdempotencyKey::required, [&](db::Connection& connection) -> Response {
          // In here, and not before: what was accepted once is answered alike under newer settings too.
          const auto errors =
              settings::validate_request(published.settings.form, wish, settings::Screen::console);
          if (!errors.empty()) return problem(422, errors);
          if (auto refused = refuse_store(store, request.principal, published.settings))
            return std::move(*refused);
          if (auto refused = refuse_creator(wish, store, request.principal, published.settings))
            return std::move(*refused);
          if (auto refused = refuse_duplicate(connection, request.principal, wish))
            return std::move(*refused);
          const Instant now = services_.clock.now();
          const auto taken = take_in(
              connection, new_ticket(request, wish, store, published.version, evidence, now), published, now);
          if (!taken) return problem(422, taken.error());
          return ticket_response(201, connection, *taken, published.settings, request.principal)
              .with_header("Location", "/api/v1/tickets/" + taken->ticket_id);
        });
  });
}

}  // namespace ccms::server
