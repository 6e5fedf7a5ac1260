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
#include "plugin/outbox/ticket_keys.h"

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
  std::string form_id;                  ///< the form that it was made from
  /// The number of the capture that made it; none when an older plugin has forgotten that capture.
  std::optional<std::int64_t> creation;
  /// The ticket's request as JSON (core/wire) once an event has changed it; empty once a confidential ticket
  /// has been acknowledged. Nothing while `creation_bytes` say what it says.
  std::optional<std::string> content;
  std::string creation_bytes;
};

/// Store and receipt number as one text, by which a second ticket on the same purchase is noticed.
std::optional<std::string> purchase_key(const domain::TicketContent& content);

/// Right behind captures::insert() of the capture that makes it, which becomes its `creation`.
void insert(db::Connection& connection, TicketKeys& keys, const Ticket& ticket);
std::optional<Ticket> find(db::Connection& connection, std::string_view ticket_id);
/// Looks at all tickets: for what a clerk asks, not for each item of a batch.
std::optional<Ticket> find_by_code(db::Connection& connection, std::string_view code);
/// The ticket that was made from a form.
std::optional<Ticket> find_by_form(db::Connection& connection, const TicketKeys& keys,
                                   std::string_view form_id);
/// Newest first.
std::vector<Ticket> list(db::Connection& connection, std::size_t limit);
/// An open ticket of this till on the same purchase: not withdrawn, not settled here, not known
/// to be closed or invalid. What
/// is made in training is looked for among training tickets alone, the rest among the rest.
std::optional<Ticket> find_open_on_purchase(db::Connection& connection, const TicketKeys& keys,
                                            const std::string& purchase, bool training);

/// Writes content, purchase and confidentiality as they are now.
void set_content(db::Connection& connection, TicketKeys& keys, const Ticket& ticket);
void set_withdrawn(db::Connection& connection, std::string_view ticket_id);
void set_confidential(db::Connection& connection, std::string_view ticket_id);
void set_code(db::Connection& connection, std::string_view ticket_id, const std::string& code);
/// Works out `delivery` from where the ticket's captures stand.
void refresh_delivery(db::Connection& connection, std::string_view ticket_id);
void wipe_content(db::Connection& connection, std::string_view ticket_id);
/// Forgets tickets made before `limit` of which every capture may be forgotten; before
/// captures::purge_delivered(), which keeps the creations of those that stay.
void purge_settled(db::Connection& connection, domain::Instant limit);

}  // namespace ccms::plugin::outbox::tickets
