#pragma once

#include <string>
#include <string_view>

#include "plugin/app/till.h"

namespace ccms::plugin::app {

/// {"done": false} while the worker is at it; then {"done": true} with "result" or "error", once.
domain::Result<std::string> take_result(Till& till, std::string_view request);

}  // namespace ccms::plugin::app
