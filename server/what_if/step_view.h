#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

#include "core/settings/escalation_settings.h"

namespace ccms::server {

/// Whom a step of a ladder tells, and what it sets: " tells hq, boss@example.com sets priority urgent".
std::string effects_text(const settings::EscalationStep& step);

/// {"roles","addresses","channels","priority"?,"department"?}
nlohmann::json effects_json(const settings::EscalationStep& step);

}  // namespace ccms::server
