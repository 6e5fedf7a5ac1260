#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>

namespace ccms::host_sim {

/// What the network does to one request.
enum class NetworkFault {
  kNone,        ///< passed on, answered
  kCut,         ///< the connection is closed before anything is passed on
  kHang,        ///< accepted, never answered (until the proxy stops or the fault plan is asked again)
  kDropAnswer,  ///< passed on, and the answer is lost: the server has done the work
  kSlow,        ///< passed on, the answer comes late
  kServerError  ///< answered 500 without being passed on
};

/// How far a request has come that is on its way to be answered.
enum class RequestStage {
  kReceived,     ///< read from the till; the server has nothing of it
  kPassedOn,     ///< the server has all of it and is at work
  kServed,       ///< the server has answered; the till has nothing of that
  kHalfAnswered  ///< half of the answer has been sent to the till
};

/// The network between one till and the server, with faults. It listens on a loopback port of its own and
/// passes HTTP requests on.
///
/// Threads: the fault plan is asked from several threads, once per request, and must be thread-safe.
class FaultProxy {
 public:
  using Plan = std::function<NetworkFault()>;

  struct Settings {
    std::string upstream_host = "127.0.0.1";
    std::uint16_t upstream_port = 0;
    std::chrono::milliseconds slow_delay{1500};
    std::uint16_t listen_port = 0;  ///< 0 takes a free one
  };

  FaultProxy(Settings settings, Plan plan);
  /// Ends what hangs and stops listening.
  ~FaultProxy();
  FaultProxy(const FaultProxy&) = delete;
  FaultProxy& operator=(const FaultProxy&) = delete;

  std::uint16_t port() const noexcept;
  std::string url() const;
  /// Requests seen so far, by what was done to them.
  std::map<NetworkFault, std::uint64_t> counts() const;

  /// Stops the next request for `path` that comes to this stage, there, until let_go(): what is done to the
  /// till meanwhile is done inside a request. A request that a fault ends before the stage is not the one.
  void stop_next(const std::string& path, RequestStage stage);
  /// Waits until a request has been stopped; false when the time is up first.
  bool wait_for_stopped(std::chrono::milliseconds longest);
  /// Lets the stopped request go on, and takes the order back when none has come.
  void let_go();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

/// The name used in scenario files: "none", "cut", "hang", "drop_answer", "slow", "error_500".
/// Errors: std::runtime_error on another name.
NetworkFault network_fault_from(const std::string& name);
const char* name_of(NetworkFault fault);
/// "received", "passed_on", "served" or "half_answered".
const char* name_of(RequestStage stage);

}  // namespace ccms::host_sim
