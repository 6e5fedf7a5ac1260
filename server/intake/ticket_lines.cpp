#include "server/intake/ticket_lines.h"

#include <cstdlib>

#include "server/store/active_tickets.h"

namespace ccms::server {

void write_ticket_lines(db::Connection& connection, const std::string& ticket_id,
                        const std::optional<domain::Transaction>& transaction) {
  connection.execute("DELETE FROM ticket_lines WHERE ticket_id = ?", {ticket_id});
  if (!transaction) return;
  std::int64_t position = 0;  // a receipt may use a line number twice
  for (const auto& line : transaction->lines) {
    if (!line.affected_quantity) continue;
    connection.execute(
        "INSERT INTO ticket_lines (ticket_id, transaction_id, store, line, product_id, quantity) "
        "VALUES (?, ?, ?, ?, ?, ?)",
        {ticket_id, transaction->id, transaction->store.str(), ++position, line.product_id,
         line.affected_quantity->str()});
  }
}

ClaimedQuantities claimed_by_others(db::Connection& connection, const std::string& ticket_id,
                                    const domain::Transaction& transaction) {
  ClaimedQuantities claimed;
  const auto rows = connection.query(
      "SELECT l.product_id AS product_id, l.quantity AS quantity FROM ticket_lines l "
      "JOIN tickets t ON t.ticket_id = l.ticket_id "
      "WHERE l.transaction_id = ? AND l.store = ? AND l.ticket_id <> ? AND " +
          kIsActiveInEarnest,
      {transaction.id, transaction.store.str(), ticket_id});
  for (const auto& row : rows) {
    const auto quantity = domain::Quantity::parse(row.text("quantity"));
    if (quantity) claimed[row.text("product_id")] += std::abs(quantity->micros());
  }
  return claimed;
}

}  // namespace ccms::server
