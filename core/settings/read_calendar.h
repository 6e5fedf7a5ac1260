#pragma once

#include <string_view>

#include "core/settings/calendar.h"
#include "core/settings/json_reader.h"
#include "core/settings/read_form_settings.h"

namespace ccms::settings {

/// As documents and bundles write them, in the order of OpeningHours::days.
inline constexpr std::string_view kDayNames[] = {"mon", "tue", "wed", "thu", "fri", "sat", "sun"};

/// Minutes from midnight of "hh:mm"; 0 for anything else, which is reported.
int read_time_of_day(const Node& node);

/// A list of opening hours.
std::vector<OpeningHours> read_hours(const Node& node);

/// A region's "time_zone", "hours", "seasons" and "holidays", in document and bundle alike.
Calendar read_calendar(const Node& node, const Languages& languages);

}  // namespace ccms::settings
