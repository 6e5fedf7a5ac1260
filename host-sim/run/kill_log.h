#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "host-sim/run/kill_plan.h"

namespace ccms::host_sim {

/// One kill -9 of a till: what was planned, and what was seen when it struck.
struct Kill {
  std::size_t number = 0;  ///< of the ticket
  std::string till;
  PlannedKill planned;
  std::chrono::microseconds into_create{0};  ///< during a create: since the till said that it begins
  std::chrono::microseconds usual_create{0};
  bool acknowledged = false;    ///< the ticket's acknowledgement was out before
  bool inside_request = false;  ///< the till had a request under way, at the planned stage
};

/// How the kills of a run hit.
struct KillCounts {
  std::size_t creates = 0;
  std::size_t unacknowledged = 0;  ///< of these, before the acknowledgement was out
  std::size_t sends = 0;
  std::size_t inside_request = 0;  ///< of these, while a request was under way
};

KillCounts count(const std::vector<Kill>& kills);
/// One line for people.
std::string text_of(const Kill& kill);
nlohmann::ordered_json json_of(const Kill& kill);
nlohmann::ordered_json json_of(const KillCounts& counts);

}  // namespace ccms::host_sim
