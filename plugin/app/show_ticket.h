#pragma once

#include <string>
#include <string_view>

#include "plugin/app/till.h"

namespace ccms::plugin::app {

/// One ticket with its history: what this till has of it at once, and a request_id for what the server knows.
/// Errors: "not_found" for a ticket_id that is not this till's and comes without a code.
domain::Result<std::string> show_ticket(Till& till, std::string_view request);

}  // namespace ccms::plugin::app
