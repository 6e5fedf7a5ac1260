#pragma once

#include <string>
#include <string_view>

#include "plugin/app/till.h"

namespace ccms::plugin::app {

/// create_ticket, and what happens at the counter once the ticket is safe: with "print": true the slip goes
/// to the host's printer, and the reply says in "printed" whether it came out; with "print_again" also when
/// this form's slip has been printed before. A printer that fails never fails the ticket.
domain::Result<std::string> create_ticket_and_print(Till& till, std::string_view request);

/// The same for act: a slip is printed where there is a new one.
domain::Result<std::string> act_and_print(Till& till, std::string_view request);

}  // namespace ccms::plugin::app
