#include <iostream>

#include "core/tz/tz.h"
#include "server/app/database.h"
#include "server/cli/try_settings.h"

namespace ccms::server {
namespace {

constexpr const char* kIndent = "                  ";

/// Prints what happens as people read it: local times of the store, one line for each thing.
class Printer {
 public:
  explicit Printer(const std::string& zone) : zone_(zone) {}

  void print(const Happening& happening) const {
    line(happening.at, happening.text);
    if (!happening.reason.empty()) std::cout << kIndent << happening.reason << '\n';
    if (happening.message_at) line(*happening.message_at, "  the message leaves");
  }

 private:
  void line(domain::Instant at, const std::string& text) const {
    const auto local = tz::format_local(zone_, at);
    std::cout << (local ? *local : domain::format_rfc3339(at)) << "  " << text << '\n';
  }

  const std::string& zone_;
};

void print(const SimulatedTicket& simulated) {
  const Printer printer(simulated.time_zone);
  for (const auto& happening : simulated.happens) printer.print(happening);
  std::cout << "if nobody does anything:\n";
  if (simulated.unattended.empty()) std::cout << kIndent << "nothing happens\n";
  for (const auto& happening : simulated.unattended) printer.print(happening);
  if (simulated.endless) std::cout << kIndent << "and so on\n";
}

/// "/store" is "--store" here.
int refuse(const domain::Error& error) {
  const auto option = error.field.empty() ? "" : "--" + error.field.substr(1) + ": ";
  std::cerr << option << error.message << " (" << error.code << ")\n";
  return 1;
}

std::unique_ptr<db::Database> database_for(const Config& config, const TrySettings& settings) {
  if (!settings.file.empty()) return nullptr;
  auto database = open_database(config);
  migrate_database(*database);
  return database;
}

}  // namespace

int simulate_ticket(const Config& config, const TrySettings& settings, const SimulationWish& wish) {
  const auto database = database_for(config, settings);
  const auto candidate = candidate_or_complain(settings, database.get());
  if (!candidate) return 1;
  const auto simulated = simulate_ticket(candidate->settings, wish);
  if (!simulated) return refuse(simulated.error());
  print(*simulated);
  return 0;
}

}  // namespace ccms::server
