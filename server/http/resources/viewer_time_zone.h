#pragma once

#include <string>

#include "core/settings/settings.h"
#include "server/http/principal.h"

namespace ccms::server {

/// Where somebody's days begin and end: the zone of the region of their store for a till or a store's
/// manager, that of the chain's first region for everybody else.
std::string viewer_time_zone(const Principal& viewer, const settings::Settings& settings);

}  // namespace ccms::server
