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

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

/// The name used in scenario files: "none", "cut", "hang", "drop_answer", "slow", "error_500".
/// Errors: std::runtime_error on another name.
NetworkFault network_fault_from(const std::string& name);
const char* name_of(NetworkFault fault);

}  // namespace ccms::host_sim
