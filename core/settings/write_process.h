#pragma once

#include <nlohmann/json.hpp>
#include <vector>

#include "core/settings/calendar.h"
#include "core/settings/settings.h"
#include "core/settings/tat_settings.h"

namespace ccms::settings {

// What a store's bundle holds of the process, as read_calendar.h and read_process.h read it.

nlohmann::json calendar_json(const Calendar& calendar);
nlohmann::json routing_json(const Routing& routing);
nlohmann::json turn_around_times_json(const std::vector<Tat>& tats);

}  // namespace ccms::settings
