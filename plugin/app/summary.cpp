#include "plugin/app/summary.h"

#include <nlohmann/json.hpp>
#include <string>

#include "core/domain/text.h"
#include "core/wire/problems.h"
#include "core/wire/ticket_json.h"
#include "plugin/app/known_ticket.h"
#include "plugin/app/ticket_state.h"
#include "plugin/outbox/failure_table.h"

namespace ccms::plugin::app {
namespace {

using nlohmann::ordered_json;

constexpr std::size_t kDetailsShown = 140;

template <class Id>
void put(ordered_json& json, const char* name, const std::optional<Id>& id) {
  if (id) json[name] = id->str();
}

void add_content(ordered_json& json, const domain::TicketContent& content) {
  json["kind"] = domain::to_text(content.kind);
  put(json, "department", content.ticket.department);
  put(json, "priority", content.ticket.priority);
  put(json, "category", content.ticket.category);
  if (content.complainant.name) json["customer"] = domain::mask_name(*content.complainant.name);
  if (content.complainant.mobile) json["mobile"] = domain::mask_mobile(*content.complainant.mobile);
  json["details"] = domain::truncate_code_points(content.ticket.details, kDetailsShown);
}

void add_update(ordered_json& json, const std::optional<wire::TicketUpdate>& update) {
  json["ready_to_collect"] = update && update->ready_to_collect;
  if (!update) return;
  // Where the server has routed it; what was asked for counts no longer.
  put(json, "department", update->department);
  put(json, "priority", update->priority);
}

std::string display(const std::string& code) {
  const auto parsed = domain::TicketCode::parse(code);
  return parsed ? parsed->display() : code;
}

/// A version 7 UUID begins with the milliseconds at which it was made.
domain::Instant made_at(const domain::TicketId& id) {
  constexpr int kHex = 16;
  const auto& text = id.str();
  return domain::from_epoch_ms(std::stoll(text.substr(0, 8) + text.substr(9, 4), nullptr, kHex));
}

}  // namespace

ordered_json summary_of(db::Connection& connection, const settings::Bundle& settings,
                        const outbox::tickets::Ticket& ticket, std::string_view language) {
  const auto update = standing_of(connection, settings, ticket);
  const auto request = content_of(ticket);
  const auto content = request ? request->content : domain::TicketContent{};
  ordered_json json{{"ticket_id", ticket.ticket_id.str()},
                    {"code", display(ticket.code)},
                    {"created_at", domain::format_rfc3339(ticket.created_at)},
                    {"state", update ? state_json(settings, *update, language)
                                     : initial_state_json(settings, content, language)},
                    {"delivery", ticket.delivery},
                    {"training", ticket.training},
                    {"withdrawn", ticket.withdrawn},
                    {"confidential", ticket.confidential}};
  if (request) add_content(json, content);
  add_update(json, update);
  const auto answer_by = update && update->answer_by ? update->answer_by : promised_answer_by(ticket);
  if (answer_by) json["answer_by"] = domain::format_rfc3339(*answer_by);
  if (const auto failure = outbox::failures::of_ticket(connection, ticket.ticket_id.str())) {
    json["problem"] = wire::to_json(failure->problem);
  }
  return json;
}

ordered_json summary_of(const settings::Bundle& settings, const wire::TicketUpdate& update,
                        std::string_view language) {
  ordered_json json{{"ticket_id", update.ticket_id.str()},
                    {"code", update.code.display()},
                    {"created_at", domain::format_rfc3339(made_at(update.ticket_id))},
                    {"state", state_json(settings, update, language)},
                    {"delivery", "delivered"},
                    {"training", false},
                    {"withdrawn", false},
                    {"confidential", false}};
  add_update(json, update);
  if (update.answer_by) json["answer_by"] = domain::format_rfc3339(*update.answer_by);
  return json;
}

}  // namespace ccms::plugin::app
