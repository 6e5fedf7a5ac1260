#include "server/staff/login_throttle.h"

#include <algorithm>

namespace ccms::server {

std::chrono::milliseconds LoginThrottle::wait_for(const std::string& key, Instant now) const {
  const std::lock_guard lock(mutex_);
  const auto found = records_.find(key);
  if (found == records_.end() || found->second.blocked_until <= now) return std::chrono::milliseconds(0);
  return found->second.blocked_until - now;
}

void LoginThrottle::failed(const std::string& key, Instant now) {
  const std::lock_guard lock(mutex_);
  if (records_.size() >= limits_.most_keys && !records_.contains(key)) forget_quietest();
  Record& record = records_[key];
  // A quiet spell as long as the longest pause forgives what was before it.
  if (record.failures > 0 && now - record.last_failure > limits_.longest_pause) record = Record();
  ++record.failures;
  record.last_failure = now;
  record.blocked_until = now + pause_after(record.failures);
}

void LoginThrottle::succeeded(const std::string& key) {
  const std::lock_guard lock(mutex_);
  records_.erase(key);
}

std::chrono::milliseconds LoginThrottle::pause_after(int failures) const {
  if (failures < limits_.free_failures) return std::chrono::milliseconds(0);
  const int doublings = std::min(failures - limits_.free_failures, 16);
  return std::min<std::chrono::milliseconds>(limits_.first_pause * (1 << doublings), limits_.longest_pause);
}

void LoginThrottle::forget_quietest() {
  const auto quietest = std::min_element(records_.begin(), records_.end(), [](const auto& a, const auto& b) {
    return a.second.last_failure < b.second.last_failure;
  });
  if (quietest != records_.end()) records_.erase(quietest);
}

}  // namespace ccms::server
