#pragma once

#include <string>
#include <vector>

#include "server/deadlines/deadlines.h"
#include "server/staff/user.h"

namespace ccms::server {

/// A step of an escalation ladder that was taken.
struct TakenStep {
  const workflow::DueStep& due;
  const std::vector<User>& people;
  const std::string& event_id;
};

/// Writes the step's messages into the outbox, in the transaction that takes it: to people by e-mail, to
/// addresses by what they are, in the chain's own language. They leave after the quiet hours, or with the
/// digest's time. Throws db::DbError.
void enqueue_escalation_notices(db::Connection& connection, const TicketRecord& ticket,
                                const TicketClocks& clocks, const TakenStep& step, Instant now);

}  // namespace ccms::server
