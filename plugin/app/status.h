#pragma once

#include <string>
#include <string_view>

#include "plugin/app/till.h"

namespace ccms::plugin::app {

/// How this till stands: enrolment, queue, network, settings, clock. Callable from any thread.
domain::Result<std::string> status(const Till& till, std::string_view request);

}  // namespace ccms::plugin::app
