#include "plugin/app/status.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "plugin/app/empty_request.h"
#include "plugin/outbox/capture_table.h"
#include "plugin/outbox/update_table.h"
#include "plugin/version.h"

namespace ccms::plugin::app {
namespace {

std::string_view name_of(Network network) {
  switch (network) {
    case Network::unknown:
      return "unknown";
    case Network::online:
      return "online";
    case Network::offline:
      return "offline";
    case Network::paused:
      return "paused";
  }
  return "unknown";
}

}  // namespace

domain::Result<std::string> status(const Till& till, std::string_view request) {
  if (const auto checked = check_empty_request(request); !checked) return checked.error();
  const auto connection = till.journal.lease();
  const auto counts = outbox::captures::count(*connection);
  const auto sync = till.sync.get();
  const auto settings = till.settings.get();
  nlohmann::ordered_json json{{"enrolled", till.keys.get() != nullptr},
                              {"store", till.config.store.str()},
                              {"till", till.config.till.str()},
                              {"queue_depth", counts.unsent},
                              {"quarantined", counts.quarantined},
                              {"network", name_of(sync.network)},
                              {"settings_version", settings ? settings->bundle.settings_version : 0},
                              {"clock_offset_ms", sync.clock_offset_ms},
                              {"plugin_version", kPluginVersion},
                              {"ready_to_collect", outbox::updates::count_ready_to_collect(*connection)}};
  if (settings) json["store_name"] = settings->bundle.store.name;
  if (counts.oldest_unsent_at) json["oldest_unsent_at"] = domain::format_rfc3339(*counts.oldest_unsent_at);
  if (sync.last_sync_at) json["last_sync_at"] = domain::format_rfc3339(*sync.last_sync_at);
  if (!sync.paused_reason.empty()) json["paused_reason"] = sync.paused_reason;
  if (!sync.storage_problem.empty()) {
    json["problem"] = {{"code", "storage"}, {"message", sync.storage_problem}};
  }
  if (sync.next_attempt) {
    json["next_attempt_in_ms"] =
        std::max<std::int64_t>((*sync.next_attempt - till.clock.since_boot()).count(), 0);
  }
  return json.dump();
}

}  // namespace ccms::plugin::app
