#pragma once

#include <string>
#include <string_view>

#include "plugin/app/till.h"

namespace ccms::plugin::app {

/// The entries for the host's navigation, and how many customers can be told that their goods are ready.
domain::Result<std::string> screens(Till& till, std::string_view request);

}  // namespace ccms::plugin::app
