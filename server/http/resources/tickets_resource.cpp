#include "server/http/resources/tickets_resource.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "core/domain/text.h"
#include "core/domain/ticket_code.h"
#include "server/http/problem.h"
#include "server/http/resources/ticket_query.h"
#include "server/http/resources/ticket_view.h"
#include "server/http/resources/viewer_time_zone.h"
#include "server/http/resources/with_settings.h"
#include "server/links/link_events.h"
#include "server/store/ticket_access.h"
#include "server/store/ticket_search.h"

namespace ccms::server {
namespace {

using nlohmann::json;

constexpr std::int64_t kMostCounted = 10000;
constexpr std::size_t kMostMatches = 20;

json masked(const CustomerMatch& match) {
  json view = json::object();
  if (match.customer_id) view["customer_id"] = *match.customer_id;
  if (match.name) view["name"] = domain::mask_name(*match.name);
  if (match.mobile) view["mobile"] = domain::mask_mobile(*match.mobile);
  return view;
}

json page_json(TicketSearch& search, const TicketFilter& filter, const settings::Settings& settings) {
  const TicketPage page = search.page(filter);
  json answer = {{"tickets", json::array()}};
  for (const TicketRow& row : page.rows) answer["tickets"].push_back(ticket_row_json(row, settings));
  if (page.next) answer["next_cursor"] = format_cursor(*page.next, filter.ascending);
  if (filter.after)
    return answer;  // count and matches are of the whole filter: told once, with the first page
  answer["count"] =
      page.next ? search.count(filter, kMostCounted) : static_cast<std::int64_t>(page.rows.size());
  if (filter.customer_number) {
    const auto matches = search.customers(filter, kMostMatches);
    if (matches.size() > 1) {
      for (const CustomerMatch& match : matches) answer["matches"].push_back(masked(match));
    }
  }
  return answer;
}

json event_json(const db::Row& row) {
  json view = {
      {"event_id", row.text("event_id")},
      {"number", row.integer("number")},
      {"type", row.text("type")},
      {"actor",
       {{"type", row.text("actor_type")}, {"id", row.text("actor_id")}, {"name", row.text("actor_name")}}},
      {"visibility", row.text("visibility")},
      {"at", domain::format_rfc3339(from_epoch_ms(row.integer("at")))},
      {"recorded_at", domain::format_rfc3339(from_epoch_ms(row.integer("recorded_at")))}};
  view["data"] = json::parse(row.text("data"), nullptr, false);
  return view;
}

/// The code that was asked for, when another ticket than its own answers for it.
std::optional<std::string> code_that_led_elsewhere(db::Connection& connection, const std::string& asked,
                                                   const TicketRecord& found) {
  const auto code = domain::TicketCode::parse(asked);
  if (!code) return std::nullopt;
  const auto named = tickets_of_code(connection, code->str());
  if (named.size() < 2 || named.back() == found.ticket_id) return std::nullopt;
  return code->str();
}

}  // namespace

void TicketsResource::add_routes(Router& router) {
  const auto add = [&](const char* pattern, Response (TicketsResource::*handler)(const Request&) const) {
    router.add("GET", pattern, Access::staff_or_client,
               [this, handler](const Request& request) { return (this->*handler)(request); });
  };
  add("/api/v1/tickets", &TicketsResource::list);
  add("/api/v1/tickets/{id}", &TicketsResource::get);
  add("/api/v1/tickets/{id}/history", &TicketsResource::history);
}

Response TicketsResource::list(const Request& request) const {
  return with_settings(services_, [&](const PublishedSettings& published) {
    TicketQuery query =
        read_ticket_query(request.query, published.settings,
                          viewer_time_zone(request.principal, published.settings), services_.clock.now());
    if (!query.errors.empty()) return problem(400, query.errors);
    std::replace(query.filter.assignee.begin(), query.filter.assignee.end(), std::string(kMyself),
                 request.principal.id);
    const db::Lease reader = services_.database.reader();
    TicketSearch search(*reader, request.principal);
    return json_response(200, page_json(search, query.filter, published.settings));
  });
}

Response TicketsResource::get(const Request& request) const {
  return with_settings(services_, [&](const PublishedSettings& published) {
    const db::Lease reader = services_.database.reader();
    const auto ticket = find_visible_ticket(*reader, request.principal, request.param("id"));
    if (!ticket) return ticket_not_found();
    return ticket_response(200, *reader, *ticket, published.settings, request.principal,
                           code_that_led_elsewhere(*reader, request.param("id"), *ticket));
  });
}

Response TicketsResource::history(const Request& request) const {
  const db::Lease reader = services_.database.reader();
  const auto ticket = find_visible_ticket(*reader, request.principal, request.param("id"));
  if (!ticket) return ticket_not_found();
  json events = json::array();
  for (const db::Row row : reader->query("SELECT event_id, number, type, actor_type, actor_id, actor_name, "
                                         "visibility, at, recorded_at, data "
                                         "FROM ticket_events WHERE ticket_id = ? ORDER BY number",
                                         {ticket->ticket_id}))
    events.push_back(event_json(row));
  hide_unseen_tickets(*reader, request.principal, events);
  return json_response(200, {{"events", std::move(events)}});
}

}  // namespace ccms::server
