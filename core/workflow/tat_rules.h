#pragma once

#include "core/settings/bundle.h"
#include "core/settings/settings.h"
#include "core/workflow/tat.h"

namespace ccms::workflow {

/// What one version of the settings says about turn-around times. Holds all it needs; a region whose time
/// zone this machine does not know has no calendar, and so no deadlines on it.
TatRules tat_rules(const settings::Settings& settings);

/// The same for the tickets of one store's tills.
TatRules tat_rules(const settings::Bundle& bundle);

}  // namespace ccms::workflow
