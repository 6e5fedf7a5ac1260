#include "plugin/outbox/ticket_keys.h"

namespace ccms::plugin::outbox {

void TicketKeys::load(db::Connection& connection) {
  const auto rows = connection.query("SELECT form_id, purchase FROM tickets");
  for (const auto row : rows) {
    for (const std::size_t column : {0U, 1U}) {
      if (const auto key = row.optional_text(column)) add(*key);
    }
  }
}

}  // namespace ccms::plugin::outbox
