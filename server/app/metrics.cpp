#include "server/app/metrics.h"

#include <sstream>

namespace ccms::server {

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
