#pragma once

#include <chrono>
#include <cstddef>
#include <map>

#include "host-sim/net/fault_proxy.h"
#include "host-sim/run/scenario.h"

namespace ccms::host_sim {

/// When a till is killed (-9). Everything that a seed can decide is decided here; what then really happened
/// is observed (see KillLog).
struct PlannedKill {
  enum class During { kCreate, kSend };

  During during = During::kCreate;
  /// During a create: how far into it, as a share of what a create usually takes.
  double share_of_create = 0;
  /// During a send: how far the request has come, and how long it has stood there, so that the server is not
  /// always equally far.
  RequestStage stage = RequestStage::kReceived;
  std::chrono::microseconds after_stage{0};
};

/// `scenario.till_kills` kills by the number of the ticket, half of each kind; the till of ticket `i` is
/// `i % scenario.tills.size()`. A till that is offline has no request to be killed in.
/// Errors: std::runtime_error when there are not enough tickets for that.
std::map<std::size_t, PlannedKill> plan_kills(const Scenario& scenario, std::size_t tickets);

}  // namespace ccms::host_sim
