#pragma once

#include <string_view>

#include <date/tz.h>

#include "core/domain/result.h"

// Inside core/tz alone: date-tz stays out of its public headers.

namespace ccms::tz {

/// Null for a name that the system does not know.
const date::time_zone* zone_of_name(std::string_view name);

/// The error unknown_time_zone.
domain::Error unknown_zone(std::string_view name);

}  // namespace ccms::tz
