#pragma once

#include <nlohmann/json_fwd.hpp>
#include <vector>

#include "core/settings/form_settings.h"

namespace ccms::settings {

/// The counterpart of read_form_settings.h, for bundles.
nlohmann::json to_json(const Text& text);
nlohmann::json to_json(const std::vector<Choice>& choices);

/// The members that document and bundle share, with the fields and filters of one screen.
nlohmann::json form_settings_json(const FormSettings& settings, Screen screen);

}  // namespace ccms::settings
