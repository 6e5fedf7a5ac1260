#include "server/store/changes.h"

#include "server/app/identifiers.h"

namespace ccms::server {

void append_change(db::Connection& connection, const TicketRecord& ticket, Instant now) {
  connection.execute(
      "INSERT INTO changes (change_id, number, ticket_id, store, collect_store, at) VALUES (?, NULL, ?, ?, "
      "?, ?)",
      {new_uuid(now), ticket.ticket_id, ticket.reported_store, ticket.collect_store, to_epoch_ms(now)});
}

}  // namespace ccms::server
