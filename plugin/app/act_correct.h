#pragma once

#include <string>
#include <string_view>

#include "plugin/app/till.h"

namespace ccms::plugin::app {

/// Replaces an event that the server has refused with a corrected one that names it. A created event takes
/// the members that are given (`ticket` member by member); any other event is given anew. The events that
/// were refused because their ticket was follow by themselves.
domain::Result<std::string> correct(Till& till, std::string_view request);

}  // namespace ccms::plugin::app
