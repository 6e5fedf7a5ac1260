#pragma once

#include <string>
#include <string_view>

#include "plugin/app/till.h"

namespace ccms::plugin::app {

/// Changes what a ticket of this till says. The result must still be a ticket that the form would take.
domain::Result<std::string> amend(Till& till, std::string_view request);

}  // namespace ccms::plugin::app
