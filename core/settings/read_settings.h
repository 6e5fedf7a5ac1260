#pragma once

#include "core/settings/json_reader.h"
#include "core/settings/settings.h"

namespace ccms::settings {

/// Turns a document into the typed model; references are not looked at yet.
Settings read_settings(const Node& document);

/// The "till" section, the same in document and bundle.
TillRules read_till_rules(const Node& node);

}  // namespace ccms::settings
