#pragma once

#include <string>

#include "core/settings/tat_settings.h"
#include "tests/core/workflow/oracle/tat_oracle.h"

namespace ccms::workflow::testing {

/// The turn-around time of a priority's tickets, and the one that is the same for all and never pauses.
std::string resolution_of(const std::string& priority);
inline constexpr const char* kByLaw = "by law";

/// The maximum of that turn-around time, for people.
std::string maximum_of(const OracleVersion& targets, const std::string& tat);

/// Turn-around times for the bank's incidents on a Dutch office's calendar: for each priority a maximum and
/// an aim of its own; a first answer; what begins anew with each team; and a maximum that pauses for nobody.
OracleVersion real_log_targets();

}  // namespace ccms::workflow::testing
