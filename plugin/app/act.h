#pragma once

#include <string>
#include <string_view>

#include "plugin/app/till.h"

namespace ccms::plugin::app {

/// Does what the request's `action` says; one file per action (act_*.h). Answers {"event_id", "ticket",
/// "slip"?}.
domain::Result<std::string> act(Till& till, std::string_view request);

}  // namespace ccms::plugin::app
