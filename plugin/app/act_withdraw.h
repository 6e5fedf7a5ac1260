#pragma once

#include <string>
#include <string_view>

#include "plugin/app/till.h"

namespace ccms::plugin::app {

/// Takes a ticket of this till back. One that the server has refused is taken back here alone: the server has
/// no such ticket, and its refused events are put aside. With an `event_id` instead of a ticket: that refused
/// event alone.
domain::Result<std::string> withdraw(Till& till, std::string_view request);

}  // namespace ccms::plugin::app
