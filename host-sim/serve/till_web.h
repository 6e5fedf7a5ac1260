#pragma once

#include <iosfwd>
#include <vector>

#include "host-sim/till/till.h"
#include "host-sim/web/local_web.h"

namespace ccms::host_sim {

/// The till's screen as HTTP: what the page in the browser asks of the till and, through it, of the plugin.
/// The till must outlive the routes.
std::vector<WebRoute> till_routes(Till& till);

/// Serves one till until SIGINT or SIGTERM.
int serve_till(const TillConfig& config, std::ostream& out);

}  // namespace ccms::host_sim
