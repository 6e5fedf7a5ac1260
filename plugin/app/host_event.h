#pragma once

#include <string_view>

#include "plugin/app/till.h"

namespace ccms::plugin::app {

/// Takes the host's news: transaction, suspend, resume, network, clock_changed, clerk_changed, scan. Further
/// members of an event are not looked at.
domain::Result<void> on_event(Till& till, std::string_view event);

}  // namespace ccms::plugin::app
