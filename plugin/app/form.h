#pragma once

#include <string>
#include <string_view>

#include "plugin/app/till.h"

namespace ccms::plugin::app {

/// A new form: its id, JSON Schema and UI schema in the clerk's language, what is known already, and the
/// search form.
domain::Result<std::string> form(Till& till, std::string_view request);

}  // namespace ccms::plugin::app
