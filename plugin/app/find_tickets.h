#pragma once

#include <string>
#include <string_view>

#include "plugin/app/till.h"

namespace ccms::plugin::app {

/// This till's own tickets that match, newest first, and a request_id for what the server knows.
domain::Result<std::string> find_tickets(Till& till, std::string_view request);

}  // namespace ccms::plugin::app
