#include "server/app/metrics.h"

#include <sstream>
#include <vector>

namespace ccms::server {
namespace {

struct KnownCounter {
  std::string_view name;
  std::string_view label;                ///< empty: none
  std::vector<std::string_view> values;  ///< of the label
};

std::vector<KnownCounter> known_counters() {
  return {{"ccms_captures_total", "outcome", {"stored", "duplicate", "rejected", "code_changed"}},
          {"ccms_settings_unreadable_total", "", {}},
          {"ccms_logins_total", "result", {"ok", "refused"}},
          {"ccms_timers_total", "", {}},
          {"ccms_timers_failed_total", "", {}}};
}

}  // namespace

Metrics::Metrics() {
  for (const auto& counter : known_counters()) {
    if (counter.label.empty()) count(counter.name, {}, 0);
    for (const auto value : counter.values)
      count(counter.name, std::string(counter.label) + "=\"" + std::string(value) + "\"", 0);
  }
}

void Metrics::count(std::string_view name, std::string_view labels, std::int64_t by) {
  const std::lock_guard lock(mutex_);
  counters_[std::string(name)][std::string(labels)] += by;
}

void Metrics::gauge(std::string name, std::function<double()> read) {
  const std::lock_guard lock(mutex_);
  gauges_[std::move(name)] = std::move(read);
}

std::string Metrics::text() const {
  std::ostringstream out;
  std::map<std::string, std::function<double()>> gauges;
  {
    const std::lock_guard lock(mutex_);
    for (const auto& [name, series] : counters_) {
      out << "# TYPE " << name << " counter\n";
      for (const auto& [labels, value] : series) {
        out << name << (labels.empty() ? "" : "{" + labels + "}") << ' ' << value << '\n';
      }
    }
    gauges = gauges_;
  }
  // Asked for without the lock: a gauge may look into the database.
  for (const auto& [name, read] : gauges)
    out << "# TYPE " << name << " gauge\n" << name << ' ' << read() << '\n';
  return out.str();
}

}  // namespace ccms::server
