#pragma once

#include <chrono>
#include <mutex>
#include <string>
#include <unordered_map>

namespace ccms::server {

/// Slows the guessing of passwords: after a few failures in a row for one key (a user name, or an address)
/// further tries are refused for a time that doubles with every failure. Tries that are under way count like
/// failures, so that many at once are no more than as many one after the other. Kept in memory: each server
/// process counts for itself, and a restart forgives. Thread-safe; bounded by forgetting the keys that have
/// been quiet longest.
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

  /// Begins a try and returns zero, or says how long this key must still wait. What was begun ends with one
  /// of the three below.
  std::chrono::milliseconds begin(const std::string& key, Instant now);
  void failed(const std::string& key, Instant now);
  void succeeded(const std::string& key);  ///< forgives the failures before
  void withdrawn(const std::string& key);  ///< as if it had never begun

 private:
  struct Record {
    int failures = 0;
    int under_way = 0;
    Instant blocked_until{};
    Instant last_failure{};
    Instant last_seen{};
  };
  Record& record_of(const std::string& key, Instant now);
  void end(const std::string& key, bool forgive);
  std::chrono::milliseconds pause_after(int failures) const;
  void forget_quietest();

  const Limits limits_;
  std::mutex mutex_;
  std::unordered_map<std::string, Record> records_;
};

}  // namespace ccms::server
