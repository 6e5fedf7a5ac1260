#pragma once

#include <string>
#include <string_view>

#include "plugin/app/till.h"

namespace ccms::plugin::app {

/// Hands a one-use code to the worker, which exchanges it for this till's identity.
domain::Result<std::string> enrol(Till& till, std::string_view request);

}  // namespace ccms::plugin::app
