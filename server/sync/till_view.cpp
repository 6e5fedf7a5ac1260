#include "server/sync/till_view.h"

#include <nlohmann/json.hpp>

#include "core/domain/text.h"
#include "core/domain/time.h"
#include "server/store/ticket_workflow.h"
#include "server/sync/settlement.h"

namespace ccms::server {
namespace {

using nlohmann::json;

template <class T>
void put(json& object, const char* name, const std::optional<T>& value) {
  if (value) object[name] = *value;
}

json labels(const settings::Text& text) {
  json object = json::object();
  for (const auto& [language, translation] : text.translations()) object[language] = translation;
  return object;
}

/// A state that newer settings do not know any more shows its id.
json state_json(const std::string& id, const settings::Settings& settings) {
  const auto* state = settings.find_state(id);
  if (!state) return {{"id", id}, {"type", "open"}, {"label", {{settings.form.languages.front(), id}}}};
  return {{"id", state->id}, {"type", domain::to_text(state->type)}, {"label", labels(state->label)}};
}

template <class Ticket>
json common_json(const Ticket& ticket, const settings::Settings& settings) {
  json object{{"ticket_id", ticket.ticket_id},
              {"code", ticket.code},
              {"kind", ticket.kind},
              {"state", state_json(ticket.state, settings)},
              {"verification", ticket.verification},
              {"ready_to_collect", ticket.ready_to_collect},
              {"training", ticket.training},
              {"delivery", "delivered"}};
  put(object, "department", ticket.department);
  put(object, "priority", ticket.priority);
  put(object, "category", ticket.category);
  if (ticket.customer_name) object["customer"] = domain::mask_name(*ticket.customer_name);
  if (ticket.mobile) object["mobile"] = domain::mask_mobile(*ticket.mobile);
  return object;
}

/// How many characters of the details a till sees.
constexpr std::size_t kSummaryDetails = 140;

/// A till knows no merged tickets: to it they are closed. The customer's code leads to the other one.
TicketRecord as_tills_see(const TicketRecord& ticket, const settings::Settings& settings) {
  TicketRecord seen = ticket;
  const auto* closed = first_closed_state(settings, workflow_of(ticket, settings));
  if (!ticket.merged_into || closed == nullptr) return seen;
  seen.state = closed->id;
  seen.state_type = domain::to_text(closed->type);
  seen.ready_to_collect = false;
  return seen;
}

}  // namespace

json till_summary(const TicketRow& row, const settings::Settings& settings) {
  json object = common_json(row, settings);
  object["created_at"] = domain::format_rfc3339(row.created_at);
  object["details"] = row.details_start;
  return object;
}

json till_ticket(const TicketRecord& known, const settings::Settings& settings) {
  const TicketRecord ticket = as_tills_see(known, settings);
  json object = common_json(ticket, settings);
  object["created_at"] = domain::format_rfc3339(domain::from_epoch_ms(ticket.created_at));
  object["updated_at"] = domain::format_rfc3339(domain::from_epoch_ms(ticket.updated_at));
  object["details"] = domain::truncate_code_points(ticket.details, kSummaryDetails);
  object["version"] = ticket.version;
  if (ticket.promised_answer_by)
    object["answer_by"] = domain::format_rfc3339(domain::from_epoch_ms(*ticket.promised_answer_by));
  object["withdrawn"] = ticket.withdrawn;
  put(object, "reported_at", ticket.reported_store);
  put(object, "collect_at", ticket.collect_store);
  if (!ticket.goods.is_null()) object["goods"] = ticket.goods;
  return object;
}

wire::TicketUpdate till_update(const TicketRecord& known, const settings::Settings& settings) {
  const TicketRecord ticket = as_tills_see(known, settings);
  wire::TicketUpdate update;
  update.ticket_id = domain::TicketId(ticket.ticket_id);
  update.code = domain::TicketCode::parse(ticket.code).value();
  update.version = ticket.version;
  update.state.id = domain::StateId(ticket.state);
  update.state.type = domain::from_text<domain::StateType>(ticket.state_type).value();
  if (const auto* state = settings.find_state(ticket.state)) {
    for (const auto& [language, text] : state->label.translations()) update.state.label[language] = text;
  }
  // No customer waits for an exercise. An update cannot say that it is of one: the till that made the ticket
  // knows, and the others would tell clerks of it as if it were in earnest.
  update.ready_to_collect = ticket.ready_to_collect && !ticket.training;
  if (ticket.department) update.department = domain::DepartmentId(*ticket.department);
  if (ticket.priority) update.priority = domain::PriorityId(*ticket.priority);
  update.updated_at = domain::from_epoch_ms(ticket.updated_at);
  update.verification = ticket.verification;
  if (ticket.promised_answer_by) update.answer_by = domain::from_epoch_ms(*ticket.promised_answer_by);
  return update;
}

}  // namespace ccms::server
