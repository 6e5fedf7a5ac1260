#pragma once

#include <chrono>
#include <mutex>
#include <string>
#include <unordered_map>

namespace ccms::server {

/// Slows the guessing of passwords: after a few failures in a row for one key (a user name, or an address)
/// further tries are refused for a time that doubles with every failure. Kept in memory: each server process
/// counts for itself, and a restart forgives. Thread-safe; bounded by forgetting the keys that have been
/// quiet longest.
class LoginThrottle {
 public:
  using Instant = std::chrono::sys_time<std::chrono::milliseconds>;
  struct Limits {
    int free_failures = 5;
    std::chrono::seconds first_pause{10};
    std::chrono::seconds longest_pause{900};
    std::size_t most_keys = 10000;
  };

  LoginThrottle() : LoginThrottle(Limits()) {}
  explicit LoginThrottle(Limits limits) : limits_(limits) {}

  /// How long this key must still wait; zero when it may try.
  std::chrono::milliseconds wait_for(const std::string& key, Instant now) const;
  void failed(const std::string& key, Instant now);
  void succeeded(const std::string& key);

 private:
  struct Record {
    int failures = 0;
    Instant blocked_until{};
    Instant last_failure{};
  };
  std::chrono::milliseconds pause_after(int failures) const;
  void forget_quietest();

  const Limits limits_;
  mutable std::mutex mutex_;
  std::unordered_map<std::string, Record> records_;
};

}  // namespace ccms::server
