#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "core/settings/settings.h"

namespace ccms::server {

/// What an event keeps of the state that it leads to, so that a history can be read without the settings of
/// then: {"to", "to_type", "pauses_clock"}.
nlohmann::json state_facts(const settings::Settings& settings, const std::string& state);

}  // namespace ccms::server
