#pragma once

#include <string>

#include "core/domain/result.h"
#include "core/domain/settlement.h"
#include "plugin/app/till.h"

namespace ccms::plugin::app {

/// Whether a ticket may be settled so by this clerk. Where the amount takes somebody else and the request
/// names nobody, the host asks a manager, if it can, and the manager becomes the settlement's approved_by;
/// `about` names the ticket to them. Errors, with fields inside the settlement: unknown_option,
/// retired_option
/// (/resolution_code), those of check_remedy() and check_approval(), and of the manager's refusal.
domain::Result<void> allow_settlement(const Till& till, const settings::Bundle& settings,
                                      domain::Settled& settlement, const domain::Clerk& clerk,
                                      const std::string& about);

}  // namespace ccms::plugin::app
