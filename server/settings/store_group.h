#pragma once

#include <string>
#include <vector>

#include "core/domain/result.h"
#include "core/settings/settings.h"

namespace ccms::server {

/// Stores that get a version before everybody else, as people name them; ids.
struct StoreGroup {
  std::vector<std::string> stores;
  std::vector<std::string> areas;
  std::vector<std::string> zones;

  bool empty() const noexcept { return stores.empty() && areas.empty() && zones.empty(); }
};

/// The ids of the stores that `group` names, sorted, as the version that they are to get has them. Error:
/// unknown_reference with the pointer into the group ("/areas/0") for a name that this version does not know
/// or that holds no store; missing_field (/stores) for a group that names nothing.
domain::Result<std::vector<std::string>> stores_of(const StoreGroup& group,
                                                   const settings::Settings& settings);

}  // namespace ccms::server
