#pragma once

#include <string_view>

namespace ccms::settings {

/// Whether this is a day of the Gregorian calendar written as "2026-11-21".
bool is_calendar_date(std::string_view text) noexcept;

}  // namespace ccms::settings
