#pragma once

#include <vector>

#include "core/settings/conditions.h"
#include "core/settings/escalation_settings.h"
#include "core/settings/json_reader.h"
#include "core/settings/read_form_settings.h"
#include "core/settings/settings.h"
#include "core/settings/tat_settings.h"

namespace ccms::settings {

// The parts of the chain's process that stand in a document; those that a store's bundle has too are written
// alike there (write_process.h).

/// A length of time.
Span read_span(const Node& node);
Routing read_routing(const Node& node);
/// The member "turn_around_times", which may be left out; so may "role_times".
std::vector<Tat> read_turn_around_times(const Node& parent, const Languages& languages);
std::vector<RoleTime> read_role_times(const Node& parent);
Escalation read_escalation(const Node& node, const Languages& languages);

}  // namespace ccms::settings
