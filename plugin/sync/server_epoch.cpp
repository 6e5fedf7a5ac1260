#include "plugin/sync/server_epoch.h"

#include "plugin/outbox/capture_table.h"
#include "plugin/outbox/meta_table.h"
#include "plugin/outbox/update_table.h"

namespace ccms::plugin::sync {

bool notice_server_epoch(db::Connection& connection, const app::Till& till, const std::string& server_epoch) {
  const auto identity = outbox::identity::load(connection);
  if (!identity || identity->server_epoch == server_epoch) return false;
  const auto count = outbox::captures::resend_all(connection);
  outbox::updates::forget_all(connection);
  outbox::meta::set_number(connection, outbox::meta::kChangesCursor, 0);
  outbox::identity::set_server_epoch(connection, server_epoch);
  till.host.log(app::LogLevel::warning,
                "the server has a new epoch; resending " + std::to_string(count) + " captures");
  return true;
}

}  // namespace ccms::plugin::sync
