#pragma once

#include <iosfwd>

#include "host-sim/tour/tour_config.h"

namespace ccms::host_sim {

/// Serves the tour until SIGINT or SIGTERM; prints its one address. Errors: std::runtime_error.
int run_tour(const TourConfig& config, std::ostream& out);

}  // namespace ccms::host_sim
