#pragma once

#include <atomic>
#include <filesystem>
#include <iosfwd>
#include <memory>
#include <string>

#include <nlohmann/json.hpp>

#include "host-sim/net/fault_proxy.h"
#include "host-sim/process/child_process.h"
#include "host-sim/run/server_process.h"
#include "host-sim/till/till_config.h"
#include "host-sim/tour/tour_config.h"

namespace ccms::host_sim {

/// The real programs of the tour: a server, a network that can be cut, and a till that can be killed.
/// Threads: one at a time.
class DemoStage {
 public:
  DemoStage(const TourConfig& config, std::ostream& out);
  ~DemoStage();
  DemoStage(const DemoStage&) = delete;
  DemoStage& operator=(const DemoStage&) = delete;

  /// Prepares the server's data on the first run, then starts server and till and enrols the till.
  /// Errors: std::runtime_error.
  void open();
  /// Everything back to its first state: the server's data as prepared, a new till.
  void reset();

  /// The configuration that the till is started with.
  TillConfig till_config() const { return parse_till_config(till_document(), till_folder()); }

  bool network_up() const { return network_up_; }
  void set_network(bool up);
  bool till_running() const { return till_ != nullptr; }
  void kill_till();
  void start_till();

  /// Calls the till's own web API. Errors: std::runtime_error when the till is not there.
  nlohmann::json till_state() const;
  nlohmann::json call_till(const std::string& path, const nlohmann::ordered_json& body) const;

 private:
  void prepare_once();
  void start_server_and_till();
  void stop_server_and_till();
  void enrol_till();
  nlohmann::json till_document() const;
  std::filesystem::path first_state() const { return config_.work_folder / "first-state"; }
  std::filesystem::path till_folder() const { return config_.work_folder / "till"; }

  const TourConfig& config_;
  std::ostream& out_;
  Scenario server_scenario_;  ///< only its server and work folder are used
  ServerProcess server_;
  std::atomic<bool> network_up_{true};
  std::unique_ptr<FaultProxy> network_;
  std::unique_ptr<ChildProcess> till_;
};

}  // namespace ccms::host_sim
