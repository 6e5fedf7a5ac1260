#include "plugin/app/ticket_state.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "core/settings/form_settings.h"
#include "core/wire/json_writer.h"
#include "plugin/outbox/capture_table.h"
#include "plugin/outbox/update_table.h"

namespace ccms::plugin::app {
namespace {

nlohmann::ordered_json make(std::string_view id, domain::StateType type, std::string_view label) {
  return wire::ObjectWriter()
      .put("id", std::string(id))
      .put("type", type)
      .put("label", std::string(label))
      .take();
}

std::string label_in(const wire::LocalisedText& labels, std::string_view language,
                     const std::string& fallback) {
  if (const auto found = labels.find(std::string(language)); found != labels.end()) return found->second;
  return labels.empty() ? fallback : labels.begin()->second;
}

std::optional<wire::TicketUpdate> update_or_blank(const std::optional<wire::TicketUpdate>& update,
                                                  const outbox::tickets::Ticket& ticket) {
  if (update) return update;
  const auto code = domain::TicketCode::parse(ticket.code);
  if (!code) return std::nullopt;
  wire::TicketUpdate blank;  // of version 0: whatever the server says is newer
  blank.ticket_id = ticket.ticket_id;
  blank.code = *code;
  blank.updated_at = ticket.created_at;
  blank.verification = "unverified";
  return blank;
}

void close(wire::TicketUpdate& update, const settings::Bundle& settings) {
  if (auto state = closed_state(settings)) update.state = std::move(*state);
  update.ready_to_collect = false;
}

}  // namespace

std::optional<wire::StateSummary> closed_state(const settings::Bundle& settings) {
  const auto& states = settings.states;
  const auto closed = std::find_if(states.begin(), states.end(), [](const settings::BundleState& state) {
    return state.type == domain::StateType::closed;
  });
  if (closed == states.end()) return std::nullopt;
  wire::StateSummary summary{domain::StateId(closed->id), closed->type, {}};
  for (const auto& [language, text] : closed->label.translations()) summary.label[language] = text;
  return summary;
}

std::optional<wire::TicketUpdate> standing_of(db::Connection& connection, const settings::Bundle& settings,
                                              const outbox::tickets::Ticket& ticket) {
  auto update = outbox::updates::find(connection, ticket.ticket_id.str());
  if (!outbox::captures::settlement_waits(connection, ticket.ticket_id.str())) return update;
  update = update_or_blank(update, ticket);
  if (update) close(*update, settings);
  return update;
}

void note_settled(db::Connection& connection, const settings::Bundle& settings, std::string_view ticket_id) {
  auto update = outbox::updates::find(connection, ticket_id);
  if (const auto own = outbox::tickets::find(connection, ticket_id)) update = update_or_blank(update, *own);
  if (!update) return;
  close(*update, settings);
  outbox::updates::save(connection, *update);
}

nlohmann::ordered_json state_json(const settings::Bundle& settings, const wire::TicketUpdate& update,
                                  std::string_view language) {
  const std::string& id = update.state.id.str();
  if (const auto* state = settings.find_state(id)) return make(id, state->type, state->label.in(language));
  // A state of settings newer than ours: the server has sent its name along.
  return make(id, update.state.type, label_in(update.state.label, language, id));
}

nlohmann::ordered_json initial_state_json(const settings::Bundle& settings,
                                          const domain::TicketContent& content, std::string_view language) {
  const auto* state = settings.initial_state(content.kind, content.ticket.category);
  if (state == nullptr)
    return make("", domain::StateType::open, "");  // of a bundle that an older server made
  return make(state->id, state->type, state->label.in(language));
}

}  // namespace ccms::plugin::app
