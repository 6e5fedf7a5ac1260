#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/db/connection.h"
#include "core/domain/ids.h"
#include "core/domain/ticket.h"
#include "core/domain/time.h"

/// Tickets made at this till, as they are after the till's own events.
namespace ccms::plugin::outbox::tickets {

struct Ticket {
  domain::TicketId ticket_id;
  std::string code;  ///< twelve symbols
  domain::Instant created_at;
  std::int64_t settings_version = 0;
  bool confidential = false;
  bool training = false;
  bool withdrawn = false;
  std::string delivery = "unsent";      ///< unsent, delivered, quarantined
  std::optional<std::string> purchase;  ///< names the transaction, see purchase_key()
  /// The ticket's request as JSON (core/wire); empty once a confidential ticket has been acknowledged.
  std::string content;
};

/// Store and receipt number as one text, by which a second ticket on the same purchase is noticed.
std::optional<std::string> purchase_key(const domain::TicketContent& content);

void insert(db::Connection& connection, const Ticket& ticket);
std::optional<Ticket> find(db::Connection& connection, std::string_view ticket_id);
std::optional<Ticket> find_by_code(db::Connection& connection, std::string_view code);
/// Newest first.
std::vector<Ticket> list(db::Connection& connection, std::size_t limit);
/// An open ticket of this till on the same purchase: not withdrawn, not known to be closed or invalid. What
/// is made in training is looked for among training tickets alone, the rest among the rest.
std::optional<Ticket> find_open_on_purchase(db::Connection& connection, const std::string& purchase,
                                            bool training);

void set_content(db::Connection& connection, const Ticket& ticket);
void set_withdrawn(db::Connection& connection, std::string_view ticket_id);
void set_code(db::Connection& connection, std::string_view ticket_id, const std::string& code);
/// Works out `delivery` from where the ticket's captures stand.
void refresh_delivery(db::Connection& connection, std::string_view ticket_id);
void wipe_content(db::Connection& connection, std::string_view ticket_id);
/// Forgets tickets, with their forms, that have no capture left.
void purge_orphans(db::Connection& connection, domain::Instant limit);

}  // namespace ccms::plugin::outbox::tickets
