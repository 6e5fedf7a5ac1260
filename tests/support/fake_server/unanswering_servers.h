#pragma once

#include <cstdint>
#include <string>
#include <thread>
#include <vector>

namespace ccms::test {

/// A listening socket on loopback.
class Listener {
 public:
  /// Errors: std::runtime_error.
  explicit Listener(int backlog);
  ~Listener();
  Listener(const Listener&) = delete;
  Listener& operator=(const Listener&) = delete;

  int fd() const { return fd_; }
  std::uint16_t port() const { return port_; }
  std::string url() const { return "http://127.0.0.1:" + std::to_string(port_); }

 private:
  int fd_;
  std::uint16_t port_ = 0;
};

/// Its queue of connections is full and never taken from: further ones hang in connecting.
class BlackHoleServer {
 public:
  BlackHoleServer();
  ~BlackHoleServer();
  BlackHoleServer(const BlackHoleServer&) = delete;
  BlackHoleServer& operator=(const BlackHoleServer&) = delete;

  std::string url() const { return listener_.url(); }

 private:
  Listener listener_{1};
  std::vector<int> queued_;
};

/// Takes connections and says nothing.
class HangingServer {
 public:
  HangingServer();
  ~HangingServer();
  HangingServer(const HangingServer&) = delete;
  HangingServer& operator=(const HangingServer&) = delete;

  std::string url() const { return listener_.url(); }

 private:
  void accept_all();

  Listener listener_{64};
  std::vector<int> connections_;  // touched by the thread alone until it ends
  std::thread thread_;
};

}  // namespace ccms::test
