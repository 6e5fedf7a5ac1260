#include "server/what_if/step_view.h"

#include <nlohmann/json.hpp>

namespace ccms::server {

using nlohmann::json;

std::string effects_text(const settings::EscalationStep& step) {
  std::string text;
  for (const auto* list : {&step.notify.roles, &step.notify.addresses}) {
    for (const auto& somebody : *list) text += (text.empty() ? " tells " : ", ") + somebody;
  }
  if (step.set_priority) text += " sets priority " + *step.set_priority;
  if (step.assign) text += " assigns to " + step.assign->department;
  return text;
}

json effects_json(const settings::EscalationStep& step) {
  json channels = json::array();
  for (const auto channel : step.notify.channels) channels.push_back(domain::to_text(channel));
  json view = {
      {"roles", step.notify.roles}, {"addresses", step.notify.addresses}, {"channels", std::move(channels)}};
  if (step.set_priority) view["priority"] = *step.set_priority;
  if (step.assign) view["department"] = step.assign->department;
  return view;
}

}  // namespace ccms::server
