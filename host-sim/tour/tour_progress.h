#pragma once

#include <set>
#include <string>

#include <nlohmann/json.hpp>

namespace ccms::host_sim {

/// What the tour sees at one moment.
struct TourMoment {
  bool network_up = true;
  bool till_running = true;
  nlohmann::json till_status;    ///< the plugin's status; null while the till is dead
  nlohmann::json newest_ticket;  ///< as the server has it, or null
  nlohmann::json newest_local;   ///< as the till has it, or null
  std::size_t messages = 0;      ///< SMS and mails since the tour began
};

/// Ticks the steps of the tour when they have really happened, each once and in any order.
class TourProgress {
 public:
  void see(const TourMoment& moment);
  /// [{"id", "done"}] in the order of the tour.
  nlohmann::ordered_json steps() const;

 private:
  std::set<std::string> done_;
};

}  // namespace ccms::host_sim
