#include "server/intake/allocation.h"

#include "core/domain/text.h"
#include "core/workflow/routing.h"
#include "server/intake/ticket_content.h"
#include "server/notify/outbox.h"
#include "server/store/ticket_events.h"
#include "server/store/ticket_workflow.h"
#include "server/verification/check_schedule.h"

namespace ccms::server {
namespace {

using nlohmann::json;

constexpr std::size_t kExplanationLimit = 1000;

json checks_json(const std::vector<Check>& checks) {
  json list = json::array();
  for (const auto& check : checks) {
    list.push_back(
        {{"check", check.check}, {"outcome", domain::to_text(check.outcome)}, {"detail", check.detail}});
  }
  return list;
}

domain::TicketFacts routing_facts_of(const TicketRecord& ticket) {
  return routing_facts(
      domain::facts_of(read_content(ticket), domain::StoreId(ticket.reported_store.value_or(""))),
      ticket.channel, ticket.verification);
}

std::string created_event_of(db::Connection& connection, const TicketRecord& ticket) {
  return connection
      .query("SELECT event_id FROM ticket_events WHERE ticket_id = ? ORDER BY number LIMIT 1",
             {ticket.ticket_id})
      .front()
      .text(0);
}

/// The data of the newest event of this type; an empty object when there is none.
json newest_data(db::Connection& connection, const TicketRecord& ticket, const char* type) {
  const db::Rows rows = connection.query(
      "SELECT data FROM ticket_events WHERE ticket_id = ? AND type = ? ORDER BY number DESC LIMIT 1",
      {ticket.ticket_id, type});
  auto data = rows.empty() ? json::object() : json::parse(rows.front().text("data"), nullptr, false);
  return data.is_object() ? std::move(data) : json::object();
}

/// Nobody has it, or it was given to somebody by itself and no person had a hand in that.
bool is_nobodys_choice(db::Connection& connection, const TicketRecord& ticket) {
  if (!ticket.assignee) return true;
  const db::Rows rows = connection.query(
      "SELECT actor_type FROM ticket_events WHERE ticket_id = ? AND type IN ('assigned', 'accepted', "
      "'declined') ORDER BY number DESC LIMIT 1",
      {ticket.ticket_id});
  return !rows.empty() && rows.front().text(0) == system_actor().type;
}

/// No person chose who has it, nothing was done, and it is where and as urgent as routing said.
bool is_untouched(db::Connection& connection, const TicketRecord& ticket) {
  const auto type = domain::from_text<settings::StateType>(ticket.state_type);
  const bool begun = type != settings::StateType::new_ && type != settings::StateType::open;
  if (begun || !is_nobodys_choice(connection, ticket)) return false;
  const json routed = newest_data(connection, ticket, "routed");
  return routed.value("department", "") == ticket.department &&
         routed.value("priority", "") == ticket.priority;
}

json route_json(const workflow::Route& route, const std::string& text) {
  return {{"department", route.department},
          {"priority", route.priority},
          {"rule", route.rule},
          {"explanation", route.explanation},
          {"text", text}};
}

}  // namespace

domain::TicketFacts routing_facts(domain::TicketFacts facts, const std::string& channel,
                                  const std::string& verification) {
  facts.channel = domain::from_text<domain::Channel>(channel);
  facts.verification = domain::from_text<domain::Verification>(verification);
  return facts;
}

void record_checks(db::Connection& connection, TicketRecord& ticket, const VerificationResult& result,
                   Instant now) {
  if (ticket.verification == domain::to_text(workflow::Verification::rejected)) return;
  ticket.verification = domain::to_text(result.state);
  ticket.verification_checks = checks_json(result.checks);
  schedule_check(connection, ticket.ticket_id, result.state, now);
  append_event(connection, ticket,
               {.event_id = {},
                .type = "checked",
                .actor = system_actor(),
                .at = now,
                .data = {{"verification", ticket.verification}, {"checks", ticket.verification_checks}},
                .capture_digest = std::nullopt,
                .salt = {}},
               now);
}

bool is_recorded(const TicketRecord& ticket, const VerificationResult& result) {
  return ticket.verification == domain::to_text(result.state) &&
         ticket.verification_checks == checks_json(result.checks);
}

bool may_be_allocated(const TicketRecord& ticket, const settings::Settings& settings) {
  if (ticket.training || ticket.withdrawn || ticket.department) return false;
  return workflow_of(ticket, settings).verification != settings::VerificationFlow::before_allocation ||
         ticket.verification == domain::to_text(workflow::Verification::verified);
}

bool allocate(db::Connection& connection, TicketRecord& ticket, const settings::Settings& settings,
              Instant now) {
  if (!may_be_allocated(ticket, settings)) return false;
  const auto facts = routing_facts_of(ticket);
  const auto route = workflow::route(settings, facts);
  const auto explanation = workflow::explain(settings, facts, route, settings.form.languages.front());
  ticket.department = route.department;
  ticket.priority = route.priority;
  ticket.routing_rule = route.rule;
  ticket.routing_explanation = std::string(domain::truncate_code_points(explanation, kExplanationLimit));
  append_event(connection, ticket,
               {.event_id = {},
                .type = "routed",
                .actor = system_actor(),
                .at = now,
                .data = route_json(route, *ticket.routing_explanation),
                .capture_digest = std::nullopt,
                .salt = {}},
               now);
  return true;
}

bool route_anew(db::Connection& connection, const TicketRecord& before, TicketRecord& ticket,
                const settings::Settings& settings, Instant now) {
  if (!ticket.department || ticket.training || ticket.withdrawn || ticket.merged_into || ticket.closed_at)
    return false;
  const auto facts = routing_facts_of(ticket);
  const auto route = workflow::route(settings, facts);
  const auto former = workflow::route(settings, routing_facts_of(before));
  if (route.department == former.department && route.priority == former.priority) return false;
  const bool untouched = is_untouched(connection, ticket);
  const auto explanation = workflow::explain(settings, facts, route, settings.form.languages.front());
  const std::string text(domain::truncate_code_points(explanation, kExplanationLimit));
  NewEvent event;
  event.type = untouched ? "routed" : "routing_differs";
  event.actor = system_actor();
  event.at = now;
  event.data = route_json(route, text);
  event.data["reason"] = "amended";
  event.data["former_department"] = *ticket.department;
  const bool moves = untouched && route.department != ticket.department;
  if (moves) ticket.assignee.reset();  // who works there does not go along
  if (untouched) {
    ticket.department = route.department;
    ticket.priority = route.priority;
    ticket.routing_rule = route.rule;
    ticket.routing_explanation = text;
  }
  append_event(connection, ticket, event, now);
  return moves;
}

void tell_of_reroute(db::Connection& connection, const TicketRecord& ticket,
                     const settings::Settings& settings, Instant now) {
  const auto routed = connection.query(
      "SELECT event_id FROM ticket_events WHERE ticket_id = ? AND type = 'routed' ORDER BY number DESC LIMIT "
      "1",
      {ticket.ticket_id});
  enqueue_department_notifications(connection, ticket, settings,
                                   {settings::Occasion::created, "", routed.front().text(0), ""}, now);
}

void tell_of_creation(db::Connection& connection, const TicketRecord& ticket,
                      const settings::Settings& settings, Instant now) {
  if (ticket.training) return;
  // The same event both times: what was written at creation is not written again at allocation.
  enqueue_notifications(connection, ticket, settings,
                        {settings::Occasion::created, "", created_event_of(connection, ticket), ""}, now);
}

}  // namespace ccms::server
