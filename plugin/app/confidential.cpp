#include "plugin/app/confidential.h"

#include "plugin/outbox/capture_table.h"
#include "plugin/outbox/ticket_table.h"
#include "plugin/outbox/update_table.h"

namespace ccms::plugin::app {

bool wipe_if_confidential(db::Connection& connection, std::string_view ticket_id) {
  const auto ticket = outbox::tickets::find(connection, ticket_id);
  if (!ticket || !ticket->confidential) return false;
  outbox::captures::wipe_settled(connection, ticket_id);
  // A refused ticket is needed for its correction.
  if (!outbox::captures::creation_waits(connection, ticket_id))
    outbox::tickets::wipe_content(connection, ticket_id);
  // What the server told of it before it became confidential.
  outbox::updates::forget(connection, ticket_id);
  return true;
}

}  // namespace ccms::plugin::app
