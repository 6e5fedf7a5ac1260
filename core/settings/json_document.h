#pragma once

#include <cstddef>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string_view>

#include "core/settings/problems.h"

namespace ccms::settings {

/// Parses a JSON object strictly: valid UTF-8 without byte order mark, no member twice, bounded size and
/// depth. Reports too_large, byte_order_mark, invalid_utf8, not_json, duplicate_key,
/// control_character, too_deep, wrong_type.
std::optional<nlohmann::json> parse_document(std::string_view bytes, std::size_t max_bytes,
                                             Problems& problems);

}  // namespace ccms::settings
