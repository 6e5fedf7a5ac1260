#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "host-sim/process/child_process.h"
#include "host-sim/run/scenario.h"

namespace ccms::host_sim {

/// The server of a run: prepared, started, killed and started again as the scenario says; or one that runs
/// already, which is left alone. Threads: one at a time.
class ServerProcess {
 public:
  explicit ServerProcess(const Scenario& scenario);

  std::uint16_t port() const noexcept { return port_; }
  /// Runs the preparing commands. Errors: std::runtime_error with the command that failed.
  void prepare();
  /// Starts and waits until it answers /readyz.
  void start();
  void kill_now();
  void stop();
  std::uint64_t kills() const noexcept { return kills_; }

  /// A one-use code for enrolling a till.
  std::string till_code(const std::string& store, const std::string& till);

 private:
  bool ready() const;
  std::filesystem::path log() const { return scenario_.work_folder / "server.log"; }

  const Scenario& scenario_;
  std::uint16_t port_;
  std::uint64_t kills_ = 0;
  std::unique_ptr<ChildProcess> process_;
};

}  // namespace ccms::host_sim
