#pragma once

#include <cstdint>
#include <map>
#include <mutex>
#include <string>

namespace ccms::plugin::app {

/// How often each unsent event has been sent since the till was started, for the clerk who wonders. In
/// memory: it is worth no write per attempt. Thread-safe.
class SendAttempts {
 public:
  void count(const std::string& event_id) {
    const std::lock_guard lock(mutex_);
    ++attempts_[event_id];
  }
  void forget(const std::string& event_id) {
    const std::lock_guard lock(mutex_);
    attempts_.erase(event_id);
  }
  std::int64_t of(const std::string& event_id) const {
    const std::lock_guard lock(mutex_);
    const auto found = attempts_.find(event_id);
    return found == attempts_.end() ? 0 : found->second;
  }

 private:
  mutable std::mutex mutex_;
  std::map<std::string, std::int64_t> attempts_;
};

}  // namespace ccms::plugin::app
