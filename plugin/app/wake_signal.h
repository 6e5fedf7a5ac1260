#pragma once

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <utility>

namespace ccms::plugin::app {

/// How other threads get the worker's attention. Thread-safe.
class WakeSignal {
 public:
  /// There is something new to do; a pause that the worker keeps for the server's sake stays.
  void new_work() { ring(false, false); }
  /// There is something new to send. A worker that keeps a pause is let sleep: it would only look at the
  /// clock, and the clerk's thread would pay for waking it. Returns whether it was told.
  bool new_capture() {
    {
      const std::lock_guard lock(mutex_);
      if (pausing_) return false;
    }
    ring(false, false);
    return true;
  }
  /// Things have changed for the better (network back, resumed): end the pause too.
  void try_now() { ring(true, false); }
  void stop() { ring(false, true); }
  void reset() {
    const std::lock_guard lock(mutex_);
    rung_ = try_now_ = stopped_ = false;
  }

  struct Woken {
    bool try_now = false;
    bool stopped = false;
  };
  /// Waits until somebody calls or the time is up. `pausing`: not for new captures.
  Woken wait_for(std::chrono::milliseconds timeout, bool pausing) {
    std::unique_lock lock(mutex_);
    pausing_ = pausing;
    changed_.wait_for(lock, timeout, [this] { return rung_; });
    pausing_ = false;
    return take();
  }
  /// What has been signalled so far, without waiting.
  Woken poll() {
    const std::lock_guard lock(mutex_);
    return take();
  }

 private:
  void ring(bool try_now, bool stop) {
    {
      const std::lock_guard lock(mutex_);
      rung_ = true;
      try_now_ = try_now_ || try_now;
      stopped_ = stopped_ || stop;
    }
    changed_.notify_all();
  }
  Woken take() {
    rung_ = stopped_;  // a stop stays signalled
    return {std::exchange(try_now_, false), stopped_};
  }

  std::mutex mutex_;
  std::condition_variable changed_;
  bool rung_ = false;
  bool pausing_ = false;
  bool try_now_ = false;
  bool stopped_ = false;
};

}  // namespace ccms::plugin::app
