#include "plugin/app/confidential.h"

#include "plugin/outbox/capture_table.h"
#include "plugin/outbox/departure_table.h"
#include "plugin/outbox/ticket_table.h"
#include "plugin/outbox/update_table.h"

namespace ccms::plugin::app {

bool wipe_if_out_of_sight(db::Connection& connection, std::string_view ticket_id) {
  const auto own = outbox::tickets::find(connection, ticket_id);
  const bool is_out_of_sight = own ? own->confidential : outbox::departures::has(connection, ticket_id);
  if (!is_out_of_sight) return false;
  outbox::captures::wipe_settled(connection, ticket_id);
  // A refused ticket is needed for its correction.
  if (own && !outbox::captures::creation_waits(connection, ticket_id))
    outbox::tickets::wipe_content(connection, ticket_id);
  // What the server told of it while it could be seen here.
  outbox::updates::forget(connection, ticket_id);
  return true;
}

}  // namespace ccms::plugin::app
