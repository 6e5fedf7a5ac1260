#include "plugin/app/ticket_state.h"

#include <nlohmann/json.hpp>

#include "core/settings/form_settings.h"

namespace ccms::plugin::app {
namespace {

nlohmann::ordered_json make(std::string_view id, domain::StateType type, std::string_view label) {
  return {{"id", id}, {"type", domain::to_text(type)}, {"label", label}};
}

std::string label_in(const wire::LocalisedText& labels, std::string_view language,
                     const std::string& fallback) {
  if (const auto found = labels.find(std::string(language)); found != labels.end()) return found->second;
  return labels.empty() ? fallback : labels.begin()->second;
}

}  // namespace

nlohmann::ordered_json state_json(const settings::Bundle& settings,
                                  const std::optional<wire::TicketUpdate>& update,
                                  std::string_view language) {
  const std::string& id = update ? update->state.id.str() : settings.initial_state;
  if (const auto* state = settings::find_by_id(settings.states, id)) {
    return make(id, state->type, state->label.in(language));
  }
  // A state of settings newer than ours: the server has sent its name along.
  if (update) return make(id, update->state.type, label_in(update->state.label, language, id));
  return make(id, domain::StateType::open, id);
}

}  // namespace ccms::plugin::app
