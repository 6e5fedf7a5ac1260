#include "tests/server/support/due_tickets.h"

#include "server/deadlines/timers.h"
#include "server/settings/settings_store.h"

namespace ccms::test {

std::size_t look_at_due_tickets(ServerUnderTest& server) {
  server::SettingsStore settings(server.database());
  server::Metrics metrics;
  const auto log = server::Logger::silent();
  const server::Services services{server.database(), server.clock(), settings, log, metrics, server.config()};
  server::Timers timers(services);
  std::size_t looked = 0;
  while (const auto more = timers.run_once(server.clock().now())) looked += more;
  return looked;
}

}  // namespace ccms::test
