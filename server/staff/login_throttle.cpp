#include "server/staff/login_throttle.h"

#include <algorithm>

namespace ccms::server {
namespace {

constexpr std::chrono::milliseconds kUntilOthersEnd{1000};

}  // namespace

std::chrono::milliseconds LoginThrottle::begin(const std::string& key, Instant now) {
  const std::lock_guard lock(mutex_);
  Record& record = record_of(key, now);
  if (record.blocked_until > now) return record.blocked_until - now;
  if (record.under_way > 0 && record.failures + record.under_way >= limits_.free_failures)
    return kUntilOthersEnd;
  ++record.under_way;
  return std::chrono::milliseconds(0);
}

void LoginThrottle::failed(const std::string& key, Instant now) {
  const std::lock_guard lock(mutex_);
  Record& record = record_of(key, now);
  record.under_way = std::max(0, record.under_way - 1);
  ++record.failures;
  record.last_failure = now;
  record.blocked_until = now + pause_after(record.failures);
}

void LoginThrottle::succeeded(const std::string& key) { end(key, true); }

void LoginThrottle::withdrawn(const std::string& key) { end(key, false); }

LoginThrottle::Record& LoginThrottle::record_of(const std::string& key, Instant now) {
  if (records_.size() >= limits_.most_keys && !records_.contains(key)) forget_quietest();
  Record& record = records_[key];
  record.last_seen = now;
  // A quiet spell as long as the longest pause forgives what was before it.
  if (record.failures > 0 && now - record.last_failure > limits_.longest_pause) record.failures = 0;
  return record;
}

void LoginThrottle::end(const std::string& key, bool forgive) {
  const std::lock_guard lock(mutex_);
  const auto found = records_.find(key);
  if (found == records_.end()) return;
  Record& record = found->second;
  record.under_way = std::max(0, record.under_way - 1);
  if (forgive) {
    record.failures = 0;
    record.blocked_until = Instant();
  }
  if (record.failures == 0 && record.under_way == 0) records_.erase(found);
}

std::chrono::milliseconds LoginThrottle::pause_after(int failures) const {
  if (failures < limits_.free_failures) return std::chrono::milliseconds(0);
  const int doublings = std::min(failures - limits_.free_failures, 16);
  return std::min<std::chrono::milliseconds>(limits_.first_pause * (1 << doublings), limits_.longest_pause);
}

void LoginThrottle::forget_quietest() {
  const auto quietest = std::min_element(records_.begin(), records_.end(), [](const auto& a, const auto& b) {
    return a.second.last_seen < b.second.last_seen;
  });
  if (quietest != records_.end()) records_.erase(quietest);
}

}  // namespace ccms::server
