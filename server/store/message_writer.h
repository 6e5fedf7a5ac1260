#pragma once

#include <string>

#include "core/db/connection.h"
#include "core/workflow/notifications.h"
#include "server/app/clock.h"

namespace ccms::server {

/// A message as it goes into the outbox.
struct NewMessage {
  std::string ticket_id;
  std::string dedupe_key;  ///< at most 160 bytes; what was written under it before stays as it is
  std::string rule;
  std::string trigger;   ///< an Occasion's name, or escalated
  std::string step;      ///< the transition, for Occasion::step
  std::string audience;  ///< customer, department, staff
  std::string channel;
  std::string recipient;
  std::string language;
  workflow::Rendered text;
  Instant due_at;       ///< when it may leave
  bool digest = false;  ///< in one message with others to the same recipient; e-mail alone
};

/// Writes it, its text cut to what the columns hold. Throws db::DbError.
void insert_message(db::Connection& connection, const NewMessage& message, Instant now);

}  // namespace ccms::server
