#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <string_view>

namespace ccms::server {

/// Counters and gauges of this process, in Prometheus' text format at /metrics. Thread-safe.
class Metrics {
 public:
  /// Counters whose labels are few and known are there from the start, at 0: a rate over them sees the first
  /// event, too. Others begin with what they count.
  Metrics();

  /// `by` 0 makes a series known. `labels` as they stand between the braces: `outcome="stored"`. Names have
  /// the prefix ccms_ and counters end _total.
  void count(std::string_view name, std::string_view labels = {}, std::int64_t by = 1);
  /// A value that is asked for at every scrape.
  void gauge(std::string name, std::function<double()> read);

  std::string text() const;

 private:
  mutable std::mutex mutex_;
  std::map<std::string, std::map<std::string, std::int64_t>> counters_;
  std::map<std::string, std::function<double()>> gauges_;
};

}  // namespace ccms::server
