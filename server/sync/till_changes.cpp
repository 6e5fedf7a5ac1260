#include "server/sync/till_changes.h"

#include <set>

#include "server/sync/till_view.h"

namespace ccms::server {
namespace {

bool may_see(const std::string& store, const TicketRecord& ticket) {
  return !ticket.confidential && (ticket.reported_store == store || ticket.collect_store == store);
}

}  // namespace

wire::ChangesReply changes_for_store(db::Connection& connection, const settings::Settings& settings,
                                     const std::string& store, std::int64_t cursor, std::int64_t limit) {
  // Two index ranges merged: an OR over two columns would use neither index.
  const auto rows = connection.query(
      "SELECT number, ticket_id, departure FROM ("
      "SELECT number, ticket_id, departure FROM changes WHERE store = ? AND number > ? UNION "
      "SELECT number, ticket_id, departure FROM changes WHERE collect_store = ? AND number > ?) AS c "
      "ORDER BY number LIMIT ?",
      {store, cursor, store, cursor, limit + 1});
  wire::ChangesReply reply;
  reply.cursor = cursor;
  reply.more = static_cast<std::int64_t>(rows.size()) > limit;
  std::set<std::string> told;
  for (const auto& row : rows) {
    if (reply.more && row.integer("number") == rows.at(rows.size() - 1).integer("number")) break;
    reply.cursor = row.integer("number");
    const auto ticket_id = row.text("ticket_id");
    if (told.contains(ticket_id)) continue;  // its newest state went down already
    const auto ticket = load_ticket(connection, ticket_id);
    if (ticket && may_see(store, *ticket)) {
      reply.updates.push_back(till_update(*ticket, settings));
    } else if (row.boolean("departure")) {
      reply.gone.emplace_back(ticket_id);
    } else {
      continue;  // what the store never saw, it need not forget
    }
    told.insert(ticket_id);
  }
  return reply;
}

}  // namespace ccms::server
