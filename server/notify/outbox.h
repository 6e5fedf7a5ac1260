#pragma once

#include <string>

#include "core/db/connection.h"
#include "core/settings/settings.h"
#include "server/app/clock.h"
#include "server/store/ticket_record.h"

namespace ccms::server {

/// What makes somebody be told.
struct NotificationCause {
  settings::Occasion occasion = settings::Occasion::created;
  std::string step;       ///< the transition, for Occasion::step
  std::string event_id;   ///< of the ticket's event: one message per event, rule, channel and recipient,
                          ///< whatever is retried
  std::string reason_id;  ///< rejected: the rejection reason; else empty
};

/// Writes the messages that an occasion calls for into the outbox, final texts and all, in the transaction
/// that changes the ticket: either both are there or neither. They are sent later by the dispatcher. Nothing
/// is written for a training ticket, nor for a customer without consent or address. A department's message
/// about a confidential ticket says that there is one, and nothing of what is in it. Throws db::DbError.
void enqueue_notifications(db::Connection& connection, const TicketRecord& ticket,
                           const settings::Settings& settings, const NotificationCause& cause, Instant now);

/// As enqueue_notifications(), for departments alone: the customer was told before.
void enqueue_department_notifications(db::Connection& connection, const TicketRecord& ticket,
                                      const settings::Settings& settings, const NotificationCause& cause,
                                      Instant now);

/// After the complainant's address, consent or language changed: messages to the customer that have not left
/// yet are cancelled, and written again for the customer as they are now. Throws db::DbError.
void readdress_customer_notifications(db::Connection& connection, const TicketRecord& ticket,
                                      const settings::Settings& settings, const std::string& event_id,
                                      Instant now);

/// Cancels what has not left yet for staff, about deadlines. `why` as below. Throws db::DbError.
void cancel_staff_notifications(db::Connection& connection, const std::string& ticket_id,
                                const std::string& why);

/// Cancels what has not left yet of what was to be said on an occasion that did not last. `why` as below.
/// Throws db::DbError.
void cancel_notifications_on(db::Connection& connection, const std::string& ticket_id,
                             settings::Occasion occasion, const std::string& why);

/// Cancels what has not left yet, to anybody. `why` is a word that the ticket's messages show: "withdrawn",
/// "imported", "unmerged". Throws db::DbError.
void cancel_notifications(db::Connection& connection, const std::string& ticket_id, const std::string& why);

}  // namespace ccms::server
