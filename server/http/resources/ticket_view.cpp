#include "server/http/resources/ticket_view.h"

#include <charconv>
#include <nlohmann/json.hpp>

#include "core/domain/text.h"
#include "core/domain/ticket_code.h"
#include "core/workflow/workflow.h"
#include "server/actions/decided.h"
#include "server/http/problem.h"
#include "server/staff/roles.h"
#include "server/store/ticket_workflow.h"

namespace ccms::server {
namespace {

using nlohmann::json;

constexpr std::size_t kSummaryLimit = 140;

std::string time_json(std::int64_t ms) { return domain::format_rfc3339(domain::from_epoch_ms(ms)); }

template <class T>
void add(json& target, const char* name, const std::optional<T>& value) {
  if (value) target[name] = *value;
}

// A state that the chain has dropped since is shown by its id.
json known_state_json(const std::string& id, const std::string& type, const settings::Settings& settings) {
  if (const settings::State* state = settings.find_state(id)) return state_json(*state);
  json label = json::object();
  for (const std::string& language : settings.form.languages) label[language] = id;
  return {
      {"id", id}, {"type", type}, {"label", label}, {"customer_label", label}, {"ready_to_collect", false}};
}

json stores_json(const std::optional<std::string>& reported_at,
                 const std::optional<std::string>& purchased_at,
                 const std::optional<std::string>& collect_at) {
  json stores = json::object();
  add(stores, "reported_at", reported_at);
  add(stores, "purchased_at", purchased_at);
  add(stores, "collect_at", collect_at);
  return stores;
}

json actions_json(const TicketRecord& ticket, const settings::Settings& settings,
                  const Principal& principal) {
  json actions = json::array();
  if (ticket.merged_into) return actions;
  for (const settings::Transition* transition : workflow::allowed_actions(
           settings, workflow_state_of(ticket, settings), roles_towards(principal, ticket))) {
    json needs = json::array();
    for (const settings::Requirement requirement : workflow::inputs_of(*transition))
      needs.push_back(domain::to_text(requirement));
    json action = {{"action", domain::to_text(transition->action)},
                   {"transition", transition->id},
                   {"label", text_json(transition->label)},
                   {"requires", std::move(needs)}};
    add(action, "to", transition->to);
    if (transition->remedy_at_most) action["remedy_at_most"] = *transition->remedy_at_most;
    actions.push_back(std::move(action));
  }
  return actions;
}

json routing_json(const TicketRecord& ticket) {
  json routing = json::object();
  if (ticket.routing_rule && !ticket.routing_rule->empty()) routing["rule"] = *ticket.routing_rule;
  add(routing, "explanation", ticket.routing_explanation);
  return routing;
}

void add_people(json& view, const TicketRecord& ticket, const TicketContext& context) {
  if (ticket.assignee)
    view["assignee"] = {{"id", *ticket.assignee}, {"name", context.assignee_name.value_or(*ticket.assignee)}};
  if (ticket.clerk_id) view["clerk"] = {{"id", *ticket.clerk_id}, {"name", ticket.clerk_name.value_or("")}};
  add(view, "till", ticket.till);
  view["complainant"] = ticket.complainant;
  if (!ticket.customer.is_null()) view["customer"] = ticket.customer;
}

void add_times(json& view, const TicketRecord& ticket) {
  view["created_at"] = time_json(ticket.created_at);
  view["received_at"] = time_json(ticket.received_at);
  if (ticket.device_at) view["device_at"] = time_json(*ticket.device_at);
  view["clock_offset_ms"] = ticket.clock_offset_ms;
  view["updated_at"] = time_json(ticket.updated_at);
  if (ticket.closed_at) view["closed_at"] = time_json(*ticket.closed_at);
}

void add_time(json& view, const char* name, const std::optional<std::int64_t>& moment) {
  if (moment) view[name] = time_json(*moment);
}

/// Turn-around times as lists show them.
template <class Ticket>
void add_deadlines(json& view, const Ticket& ticket) {
  add_time(view, "answer_by", ticket.answer_by);
  add_time(view, "due_soon_at", ticket.aim_at);
  add_time(view, "next_deadline_at", ticket.next_deadline_at);
  add_time(view, "breached_at", ticket.breached_at);
}

void add_outcome(json& view, const TicketRecord& ticket) {
  if (ticket.resolution_code)
    view["resolution"] = {{"code", *ticket.resolution_code}, {"note", ticket.resolution_note.value_or("")}};
  if (!ticket.goods.is_null()) view["goods"] = ticket.goods;
  if (!ticket.transaction.is_null()) view["transaction"] = ticket.transaction;
  if (!ticket.proof.is_null()) view["proof"] = ticket.proof;
  view["verification"] = {{"state", ticket.verification}, {"checks", ticket.verification_checks}};
}

json linked_json(const LinkedTicket& linked, const settings::Settings& settings) {
  return {{"ticket_id", linked.ticket_id},
          {"code", linked.code},
          {"state", known_state_json(linked.state, linked.state_type, settings)},
          {"details", domain::truncate_code_points(linked.details_start, kSummaryLimit)}};
}

json linked_json(const std::vector<LinkedTicket>& linked, const settings::Settings& settings) {
  json list = json::array();
  for (const LinkedTicket& ticket : linked) list.push_back(linked_json(ticket, settings));
  return list;
}

json links_json(const LinkedTickets& linked, const settings::Settings& settings) {
  json links = {{"children",
                 {{"count", linked.child_count},
                  {"open", linked.open_child_count},
                  {"tickets", linked_json(linked.children, settings)}}},
                {"related", linked_json(linked.related, settings)},
                {"merged", linked_json(linked.merged, settings)}};
  if (linked.parent) links["parent"] = linked_json(*linked.parent, settings);
  if (linked.merged_into) links["merged_into"] = linked_json(*linked.merged_into, settings);
  return links;
}

}  // namespace

json text_json(const settings::Text& text) {
  json object = json::object();
  for (const auto& [language, translation] : text.translations()) object[language] = translation;
  return object;
}

json state_json(const settings::State& state) {
  return {{"id", state.id},
          {"type", domain::to_text(state.type)},
          {"label", text_json(state.label)},
          {"customer_label", text_json(state.customer_label)},
          {"ready_to_collect", state.ready_to_collect}};
}

TicketContext load_ticket_context(db::Connection& connection, const TicketRecord& ticket,
                                  const Principal& principal) {
  TicketContext context;
  for (const db::Row row : connection.query(
           "SELECT code FROM ticket_codes WHERE ticket_id = ? AND is_alias = 1 AND merged_from IS NULL "
           "ORDER BY created_at, code",
           {ticket.ticket_id}))
    context.aliases.push_back(row.text("code"));
  if (ticket.assignee) {
    const db::Rows rows = connection.query("SELECT name FROM users WHERE user_id = ?", {*ticket.assignee});
    if (!rows.empty()) context.assignee_name = rows.front().text("name");
  }
  context.linked = linked_tickets(connection, principal, ticket);
  return context;
}

json ticket_json(const TicketRecord& ticket, const TicketContext& context, const settings::Settings& settings,
                 const Principal& principal) {
  json view = {{"ticket_id", ticket.ticket_id},
               {"code", ticket.code},
               {"aliases", context.aliases},
               {"version", ticket.version},
               {"kind", ticket.kind},
               {"workflow", workflow_of(ticket, settings).id},
               {"state", known_state_json(ticket.state, ticket.state_type, settings)},
               {"routing", routing_json(ticket)},
               {"store", stores_json(ticket.reported_store, ticket.purchased_store, ticket.collect_store)},
               {"channel", ticket.channel},
               {"language", ticket.language},
               {"consent_to_contact", ticket.consent_to_contact},
               {"confidential", ticket.confidential},
               {"training", ticket.training},
               {"withdrawn", ticket.withdrawn},
               {"merged", ticket.merged_into.has_value()},
               {"links", links_json(context.linked, settings)},
               {"ready_to_collect", ticket.ready_to_collect},
               {"settings_version", ticket.settings_version},
               {"details", ticket.details},
               {"custom", ticket.custom},
               {"actions", actions_json(ticket, settings, principal)}};
  add(view, "priority", ticket.priority);
  add(view, "department", ticket.department);
  add(view, "category", ticket.category);
  add(view, "outcome_sought", ticket.outcome_sought);
  view["requested"] = json::object();
  add(view["requested"], "department", ticket.requested_department);
  add(view["requested"], "priority", ticket.requested_priority);
  add_people(view, ticket, context);
  add_outcome(view, ticket);
  add_times(view, ticket);
  add_deadlines(view, ticket);
  add_time(view, "first_response_by", ticket.first_response_by);
  add_time(view, "promised_answer_by", ticket.promised_answer_by);
  return view;
}

Response ticket_response(int status, db::Connection& connection, const TicketRecord& ticket,
                         const settings::Settings& settings, const Principal& principal,
                         const std::optional<std::string>& redirected_from) {
  const TicketContext context = load_ticket_context(connection, ticket, principal);
  json answer = {{"ticket", ticket_json(ticket, context, settings, principal)}};
  add(answer, "redirected_from", redirected_from);
  return json_response(status, answer).with_header("ETag", version_etag(ticket.version));
}

std::string version_etag(std::int64_t version) { return '"' + std::to_string(version) + '"'; }

std::optional<std::int64_t> version_asked_for(const std::string& if_match) {
  if (if_match == "*") return std::nullopt;
  std::int64_t version = -1;
  if (if_match.size() > 2 && if_match.front() == '"')
    std::from_chars(if_match.data() + 1, if_match.data() + if_match.size() - 1, version);
  return version_etag(version) == if_match ? version : -1;
}

json ticket_row_json(const TicketRow& row, const settings::Settings& settings) {
  json view = {{"ticket_id", row.ticket_id},
               {"code", row.code},
               {"version", row.version},
               {"kind", row.kind},
               {"state", known_state_json(row.state, row.state_type, settings)},
               {"store", stores_json(row.reported_store, std::nullopt, row.collect_store)},
               {"channel", row.channel},
               {"details", domain::truncate_code_points(row.details_start, kSummaryLimit)},
               {"verification", {{"state", row.verification}}},
               {"ready_to_collect", row.ready_to_collect},
               {"confidential", row.confidential},
               {"training", row.training},
               {"withdrawn", row.withdrawn},
               {"created_at", domain::format_rfc3339(row.created_at)},
               {"updated_at", domain::format_rfc3339(row.updated_at)}};
  add(view, "priority", row.priority);
  add(view, "department", row.department);
  add(view, "category", row.category);
  add(view, "customer", row.customer_name);
  add(view, "transaction_id", row.transaction_id);
  if (row.mobile) view["mobile"] = domain::mask_mobile(*row.mobile);
  if (row.assignee)
    view["assignee"] = {{"id", *row.assignee}, {"name", row.assignee_name.value_or(*row.assignee)}};
  add_deadlines(view, row);
  return view;
}

}  // namespace ccms::server
