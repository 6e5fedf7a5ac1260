#pragma once

#include <nlohmann/json_fwd.hpp>

#include "core/settings/problems.h"

namespace ccms::settings {

/// Validates a document against settings_schema(). Reports missing_field, unknown_field, wrong_type,
/// bad_value, too_long, too_short, too_many, too_few, out_of_range and duplicate_value, each with the path of
/// the member that is wrong or missing.
void check_schema(const nlohmann::json& document, Problems& problems);

}  // namespace ccms::settings
