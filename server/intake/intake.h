#pragma once

#include <optional>
#include <string>

#include "core/db/connection.h"
#include "core/domain/ticket.h"
#include "core/domain/ticket_code.h"
#include "server/ledger/customer_directory.h"
#include "server/settings/published_settings.h"
#include "server/store/ticket_events.h"
#include "server/store/ticket_record.h"

namespace ccms::server {

/// A ticket that has been accepted and is to be made, wherever it comes from. What is valid was decided
/// before.
struct NewTicket {
  std::string ticket_id;                   ///< UUIDv7; empty: one is made
  std::optional<domain::TicketCode> code;  ///< from the till; absent: one of the server's own
  std::string event_id;                    ///< of the `created` event; empty: one is made
  domain::TicketContent content;
  domain::Channel channel = domain::Channel::console;
  EventActor actor;
  std::optional<std::string> store;  ///< where it is reported
  std::optional<std::string> till;
  std::optional<std::string> form_id;
  std::optional<std::string> capture_digest;
  std::string salt;  ///< of the capture; empty: one is made
  std::int64_t settings_version = 0;
  bool training = false;
  bool in_the_past = false;          ///< brought over from an older system: nobody is assigned by itself
  bool settled_at_once = false;      ///< its settlement comes right after it: see begin_work()
  Instant created_at;                ///< corrected time
  std::optional<Instant> device_at;  ///< what the till's clock said
  std::int64_t clock_offset_ms = 0;
  std::optional<Instant> promised_answer_by;  ///< what the till's slip says
  PurchaseEvidence evidence;                  ///< asked for before the transaction opened; see evidence_for()
};

/// Asks the directory about a content's transaction; nothing without one. Call it outside a database
/// transaction.
PurchaseEvidence evidence_for(CustomerDirectory& directory, const domain::TicketContent& content);

/// Makes the ticket: row, code, events (created, checked, routed, assigned), search index, change and
/// messages, in the caller's transaction. Rules are those of `current`, the newest settings. `ticket.code` of
/// the answer differs from the wish when another ticket has that code: the wish then stays nobody's alias, as
/// it leads elsewhere. Errors: too_long (something does not fit its column). Throws db::DbError.
domain::Result<TicketRecord> take_in(db::Connection& connection, const NewTicket& wish,
                                     const PublishedSettings& current, Instant now);

/// What take_in() leaves out of a ticket that its settlement comes right after, where the settlement did not
/// come to pass: somebody is assigned by itself, and customer and department are told. Does nothing for a
/// ticket that is finished. Throws db::DbError.
void begin_work(db::Connection& connection, const std::string& ticket_id, const PublishedSettings& current,
                Instant now);

/// Whether check_again() would come to something else than the ticket has.
bool would_change(db::Connection& connection, const TicketRecord& ticket, const PurchaseEvidence& evidence,
                  const settings::Settings& settings);

/// Checks the purchase of an existing ticket anew, with the flow's consequences: allocation and messages.
/// Changes `ticket` and adds events; the caller writes the row and calls tell_of_creation() when this returns
/// true.
bool check_again(db::Connection& connection, TicketRecord& ticket, const PurchaseEvidence& evidence,
                 const settings::Settings& settings, Instant now);

}  // namespace ccms::server
