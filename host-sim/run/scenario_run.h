#pragma once

#include <iosfwd>

#include "host-sim/run/scenario.h"

namespace ccms::host_sim {

/// Runs a scenario from an empty server to the comparison of what the tills acknowledged with what the server
/// holds. Progress and the table go to `out`. Returns 0 when every promise was kept, else 1.
/// Errors: std::runtime_error when the scenario cannot be run at all.
int run_scenario(const Scenario& scenario, std::ostream& out);

}  // namespace ccms::host_sim
