#include "server/http/resources/viewer_time_zone.h"

#include <algorithm>

namespace ccms::server {
namespace {

/// The store that a viewer's whole view is about; empty when it reaches further.
std::string store_of(const Principal& viewer) {
  if (viewer.kind == Principal::Kind::till) return viewer.store;
  const bool stores_alone = !viewer.roles.empty() &&
                            std::all_of(viewer.roles.begin(), viewer.roles.end(),
                                        [](const RoleGrant& grant) { return grant.role == "store_manager"; });
  return stores_alone ? viewer.roles.front().scope : "";
}

}  // namespace

std::string viewer_time_zone(const Principal& viewer, const settings::Settings& settings) {
  const settings::Region* region = settings.find_region_of_store(store_of(viewer));
  if (!region && !settings.regions.empty()) region = &settings.regions.front();
  return region ? region->time_zone : "UTC";
}

}  // namespace ccms::server
