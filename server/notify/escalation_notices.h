#pragma once

#include <string>
#include <vector>

#include "server/deadlines/deadlines.h"
#include "server/staff/user.h"

namespace ccms::server {

/// A step of an escalation ladder that is taken.
struct TakenStep {
  const workflow::DueStep& due;
  const settings::EscalationStep& step;  ///< as the ladder says it today
  const std::vector<User>& people;
  const std::string& event_id;
};

/// Writes the step's messages into the outbox, in the transaction that takes it: to people by e-mail, to
/// addresses by what they are, in the chain's own language. They leave after the quiet hours, or at the
/// digest's time, those by e-mail joined; text messages have no room for that and leave one by one. Returns
/// whom it wrote to: names, and addresses masked. Throws db::DbError.
std::vector<std::string> enqueue_escalation_notices(db::Connection& connection, const TicketRecord& ticket,
                                                    const TicketClocks& clocks, const TakenStep& taken,
                                                    const settings::Settings& in_force);

}  // namespace ccms::server
