#pragma once

#include <string_view>

#include "core/domain/result.h"

namespace ccms::plugin::app {

/// A call that asks for nothing in particular takes `{}`, or no bytes at all.
domain::Result<void> check_empty_request(std::string_view request);

}  // namespace ccms::plugin::app
