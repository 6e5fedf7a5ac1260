#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/settings/settings.h"

namespace ccms::server {

/// The country (ISO 3166, "DE") in whose manner people of a time zone write telephone numbers, from the
/// system's time zone tables; empty when unknown, and then only international numbers can be read.
/// Thread-safe.
std::string country_of_time_zone(std::string_view time_zone);

/// The same for a store of the settings; the chain's first region answers for an unknown or empty store.
std::string phone_region_of(const settings::Settings& settings, std::string_view store);

/// The countries of all regions of the chain, each once.
std::vector<std::string> phone_regions_of(const settings::Settings& settings);

}  // namespace ccms::server
