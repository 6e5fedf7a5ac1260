#pragma once

#include <string>
#include <string_view>

#include "plugin/app/till.h"

namespace ccms::plugin::app {

/// The events that the server has not taken yet, and those that it refused, with its reason.
domain::Result<std::string> unsent(Till& till, std::string_view request);

}  // namespace ccms::plugin::app
