#pragma once

#include <chrono>
#include <cstdint>
#include <mutex>
#include <optional>
#include <string>

#include "core/domain/time.h"

namespace ccms::plugin::app {

enum class Network { unknown, online, offline, paused };

/// What the worker tells about itself.
struct SyncSnapshot {
  Network network = Network::unknown;
  std::string paused_reason;
  std::string storage_problem;  ///< why the worker cannot write to the journal; empty when it can
  std::optional<domain::Instant> last_sync_at;
  std::optional<std::chrono::milliseconds> next_attempt;  ///< on Clock::since_boot
  std::int64_t clock_offset_ms = 0;                       ///< server's time minus ours
};

/// Written by the worker, read by status(). Thread-safe.
class SyncStatus {
 public:
  SyncSnapshot get() const {
    const std::lock_guard lock(mutex_);
    return snapshot_;
  }
  template <class Change>
  void change(Change&& change) {
    const std::lock_guard lock(mutex_);
    change(snapshot_);
  }

 private:
  mutable std::mutex mutex_;
  SyncSnapshot snapshot_;
};

}  // namespace ccms::plugin::app
