#include "server/sync/till_changes.h"

#include <set>

#include "server/sync/till_view.h"

namespace ccms::server {

wire::ChangesReply changes_for_store(db::Connection& connection, const settings::Settings& settings,
                                     const std::string& store, std::int64_t cursor, std::int64_t limit) {
  // Two index ranges merged: an OR over two columns would use neither index.
  const auto rows = connection.query(
      "SELECT number, ticket_id FROM ("
      "SELECT number, ticket_id FROM changes WHERE store = ? AND number > ? UNION "
      "SELECT number, ticket_id FROM changes WHERE collect_store = ? AND number > ?) AS c ORDER BY number "
      "LIMIT ?",
      {store, cursor, store, cursor, limit + 1});
  wire::ChangesReply reply;
  reply.cursor = cursor;
  reply.more = static_cast<std::int64_t>(rows.size()) > limit;
  std::set<std::string> seen;
  for (const auto& row : rows) {
    if (reply.more && row.integer("number") == rows.at(rows.size() - 1).integer("number")) break;
    reply.cursor = row.integer("number");
    if (!seen.insert(row.text("ticket_id")).second) continue;  // its newest state went down already
    const auto ticket = load_ticket(connection, row.text("ticket_id"));
    if (ticket && !ticket->confidential) reply.updates.push_back(till_update(*ticket, settings));
  }
  return reply;
}

}  // namespace ccms::server
