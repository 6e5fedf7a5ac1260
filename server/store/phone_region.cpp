#include "server/store/phone_region.h"

#include <algorithm>
#include <fstream>
#include <map>
#include <sstream>

namespace ccms::server {
namespace {

using Countries = std::map<std::string, std::string, std::less<>>;

Countries read_zone_table() {
  Countries countries;
  std::ifstream table("/usr/share/zoneinfo/zone.tab");
  for (std::string line; std::getline(table, line);) {
    if (line.empty() || line.front() == '#') continue;
    std::istringstream fields(line);
    std::string country, coordinates, zone;
    if (fields >> country >> coordinates >> zone) countries.emplace(zone, country);
  }
  return countries;
}

}  // namespace

std::string country_of_time_zone(std::string_view time_zone) {
  static const Countries countries = read_zone_table();
  const auto found = countries.find(time_zone);
  return found == countries.end() ? std::string() : found->second;
}

std::string phone_region_of(const settings::Settings& settings, std::string_view store) {
  const settings::Region* region = settings.find_region_of_store(store);
  if (!region && !settings.regions.empty()) region = &settings.regions.front();
  return region ? country_of_time_zone(region->time_zone) : std::string();
}

std::vector<std::string> phone_regions_of(const settings::Settings& settings) {
  std::vector<std::string> countries;
  for (const settings::Region& region : settings.regions) {
    const std::string country = country_of_time_zone(region.time_zone);
    if (!country.empty() && std::find(countries.begin(), countries.end(), country) == countries.end())
      countries.push_back(country);
  }
  return countries;
}

}  // namespace ccms::server
