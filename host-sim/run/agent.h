#pragma once

#include <istream>
#include <ostream>

#include "host-sim/till/till_config.h"

namespace ccms::host_sim {

/// A till driven by lines: one JSON request a line in, one JSON reply a line out, in order. It is the process
/// that a scenario kills.
///
/// In:  {"call": "create_ticket", "request": {...}, "announce"?: true} or {"event": {...}}
/// Out: {"status": 0, "reply": {...}} or {"status": 5, "message": "...", "field": "..."}
/// The first line out is {"ready": true}. A call to be announced is preceded by {"begins": "create_ticket"},
/// so that whoever kills the process knows that it is at it. Ends with the input; returns the process's exit
/// code.
int run_agent(const TillConfig& config, std::istream& requests, std::ostream& replies, std::ostream& log);

}  // namespace ccms::host_sim
