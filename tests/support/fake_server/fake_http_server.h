#pragma once

#include <cstdint>
#include <functional>
#include <list>
#include <mutex>
#include <string>
#include <thread>

#include "tests/support/fake_server/fake_server.h"

namespace ccms::test {

/// The fake server behind a real socket on loopback, with the faults that need one. A thread for each
/// connection.
class FakeHttpServer {
 public:
  using FaultPlan = std::function<Fault(const FakeServer::Request&)>;

  explicit FakeHttpServer(FakeServer& server);
  ~FakeHttpServer();
  FakeHttpServer(const FakeHttpServer&) = delete;
  FakeHttpServer& operator=(const FakeHttpServer&) = delete;

  std::string url() const { return "http://127.0.0.1:" + std::to_string(port_); }
  /// Asked for each request, on the connection's thread.
  void set_fault_plan(FaultPlan plan);

 private:
  void accept_connections();
  void serve(int connection);

  FakeServer& server_;
  std::mutex mutex_;
  FaultPlan plan_;                  // guarded by mutex_
  std::list<int> connections_;      // guarded by mutex_; closed at the end
  std::list<std::thread> threads_;  // touched by the accepting thread alone until it ends
  int listener_ = -1;
  std::uint16_t port_ = 0;
  std::thread acceptor_;
};

}  // namespace ccms::test
