#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>

namespace ccms::plugin::sync {

/// Calls `on_expiry` once the moment has come, on a thread of its own, unless the deadline is destroyed
/// before; that waits for a call under way. For what no timeout of a socket bounds: a peer that sends a byte
/// now and then. The thread takes the signal mask of the one that makes it.
class Deadline {
 public:
  Deadline(std::chrono::steady_clock::time_point at, std::function<void()> on_expiry);
  ~Deadline();
  Deadline(const Deadline&) = delete;
  Deadline& operator=(const Deadline&) = delete;

 private:
  void watch();

  const std::chrono::steady_clock::time_point at_;
  const std::function<void()> on_expiry_;
  std::mutex mutex_;
  std::condition_variable changed_;
  bool over_ = false;  // guarded by mutex_
  std::thread thread_;
};

}  // namespace ccms::plugin::sync
