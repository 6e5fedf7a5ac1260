#pragma once

#include <string>
#include <string_view>

#include "plugin/app/till.h"

namespace ccms::plugin::app {

/// Closes a ticket of this store at the counter: the customer has been helped, and how goes into the event.
/// It shows as closed at once; the server may still find that somebody was quicker.
domain::Result<std::string> settle(Till& till, std::string_view request);

}  // namespace ccms::plugin::app
