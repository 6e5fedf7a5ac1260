#pragma once

#include <nlohmann/json.hpp>
#include <vector>

#include "core/settings/form_settings.h"

namespace ccms::settings {

/// The counterpart of read_form_settings.h, for bundles.
nlohmann::json to_json(const Text& text);
nlohmann::json to_json(const std::vector<Choice>& choices);

/// As ordered or plain JSON.
template <class Json>
Json remedies_json(const std::vector<RemedyRule>& rules) {
  Json out = Json::array();
  for (const RemedyRule& rule : rules) {
    out.push_back({{"id", domain::to_text(rule.kind)}});
    if (rule.approval_above) out.back()["approval_above"] = *rule.approval_above;
    if (rule.at_most) out.back()["at_most"] = *rule.at_most;
  }
  return out;
}

/// The members that document and bundle share, with the fields and filters of one screen.
nlohmann::json form_settings_json(const FormSettings& settings, Screen screen);

}  // namespace ccms::settings
