#pragma once

#include <atomic>
#include <chrono>
#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <random>
#include <string>

#include <nlohmann/json.hpp>

#include "host-sim/net/fault_proxy.h"
#include "host-sim/process/child_process.h"
#include "host-sim/run/scenario.h"

namespace ccms::host_sim {

/// One till of a run: a process of its own with the plugin in it, behind a network of its own. It can be
/// killed and started again at any time; its data folder stays.
/// Threads: one at a time; the network's part is safe beside it.
class TillProcess {
 public:
  TillProcess(const Scenario& scenario, std::size_t index, std::uint16_t server_port);

  const std::string& store() const noexcept { return till_.store; }
  const std::string& till() const noexcept { return till_.till; }
  std::uint64_t kills() const noexcept { return kills_; }
  std::map<NetworkFault, std::uint64_t> network_counts() const { return proxy_->counts(); }

  /// Errors: std::runtime_error when the till does not come up.
  void start();
  void kill_now();
  void stop();

  /// Nothing gets through while offline; faults otherwise come by their probabilities.
  void set_offline(bool offline) { offline_ = offline; }
  bool offline() const { return offline_; }
  /// From now on the network is flawless: for draining what is left.
  void end_faults() { faults_over_ = true; }

  /// Sends a call and returns when the till begins with it; the reply is taken later: a kill may come in
  /// between. Errors: std::runtime_error when the till died.
  void begin_call(const std::string& function, const nlohmann::ordered_json& request);
  /// The reply line; nothing when the till died before it was complete.
  std::optional<nlohmann::json> take_reply();
  /// Both. Errors: std::runtime_error when the till died.
  nlohmann::json call(const std::string& function,
                      const nlohmann::ordered_json& request = nlohmann::ordered_json::object());
  void tell(const nlohmann::ordered_json& event);

  /// Stops the next request that brings captures to the server at this stage, see FaultProxy::stop_next.
  void stop_next_send(RequestStage stage);
  bool wait_for_stopped_send(std::chrono::milliseconds longest) { return proxy_->wait_for_stopped(longest); }
  void let_send_go() { proxy_->let_go(); }

 private:
  NetworkFault next_fault();

  ScenarioTill till_;
  std::filesystem::path folder_;
  std::filesystem::path config_file_;
  std::mutex random_mutex_;
  std::mt19937_64 random_;
  std::atomic<bool> offline_{false};
  std::atomic<bool> faults_over_{false};
  std::uint64_t kills_ = 0;
  std::unique_ptr<FaultProxy> proxy_;
  std::unique_ptr<ChildProcess> process_;
};

}  // namespace ccms::host_sim
