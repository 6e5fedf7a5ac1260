#include "server/store/changes.h"

#include <set>
#include <stdexcept>

#include "server/app/identifiers.h"

namespace ccms::server {
namespace {

using Store = std::optional<std::string>;

void append_row(db::Connection& connection, const std::string& ticket_id, const Store& store,
                const Store& collect_store, bool departure, Instant now) {
  connection.execute(
      "INSERT INTO changes (change_id, number, ticket_id, store, collect_store, departure, at) "
      "VALUES (?, NULL, ?, ?, ?, ?, ?)",
      {new_uuid(now), ticket_id, store, collect_store, departure, to_epoch_ms(now)});
}

std::set<std::string> stores_that_see(const TicketRecord& ticket) {
  std::set<std::string> stores;
  if (ticket.confidential) return stores;
  for (const auto& store : {ticket.reported_store, ticket.collect_store})
    if (store) stores.insert(*store);
  return stores;
}

}  // namespace

void append_change(db::Connection& connection, const TicketRecord& ticket, Instant now) {
  append_row(connection, ticket.ticket_id, ticket.reported_store, ticket.collect_store, false, now);
}

domain::Result<void> write_back(db::Connection& connection, TicketRecord& ticket, Instant now) {
  if (!update_ticket(connection, ticket))
    return domain::Error{"version_conflict", "somebody else changed the ticket at the same time", ""};
  append_change(connection, ticket, now);
  return {};
}

void write_locked(db::Connection& connection, TicketRecord& ticket, Instant now) {
  if (!write_back(connection, ticket, now))
    throw std::runtime_error("a locked ticket was changed by somebody else");
}

void append_departures(db::Connection& connection, const TicketRecord& before, const TicketRecord& after,
                       Instant now) {
  const auto still = stores_that_see(after);
  for (const auto& store : stores_that_see(before)) {
    if (!still.contains(store)) append_row(connection, after.ticket_id, store, std::nullopt, true, now);
  }
}

}  // namespace ccms::server
