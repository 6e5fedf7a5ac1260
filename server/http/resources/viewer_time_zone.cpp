#include "server/http/resources/viewer_time_zone.h"

#include <algorithm>

namespace ccms::server {
namespace {

/// The store that a viewer's whole view is about; empty when it reaches further.
std::string store_of(const Principal& viewer) {
  if (viewer.kind == Principal::Kind::till) return viewer.store;
  const auto& standings = viewer.standings;
  const bool stores_alone = std::all_of(standings.begin(), standings.end(), [](const Standing& standing) {
    return standing.is_of_stores() && !standing.stores.empty();
  });
  return stores_alone && !standings.empty() ? standings.front().stores.front() : "";
}

}  // namespace

std::string viewer_time_zone(const Principal& viewer, const settings::Settings& settings) {
  const settings::Region* region = settings.find_region_of_store(store_of(viewer));
  if (!region && !settings.regions.empty()) region = &settings.regions.front();
  return region ? region->time_zone : "UTC";
}

}  // namespace ccms::server
