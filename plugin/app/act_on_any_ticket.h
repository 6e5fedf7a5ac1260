#pragma once

#include <string>
#include <string_view>

#include "plugin/app/till.h"

namespace ccms::plugin::app {

// What a till can do to a ticket wherever it was made: to one of its own named in any way, to another named
// by its ticket_id, which find_tickets and ticket give.

domain::Result<std::string> comment(Till& till, std::string_view request);
domain::Result<std::string> receive_goods(Till& till, std::string_view request);
domain::Result<std::string> hand_over(Till& till, std::string_view request);

}  // namespace ccms::plugin::app
