#pragma once

#include "core/domain/result.h"
#include "core/domain/settlement.h"
#include "core/settings/form_settings.h"

/// What a counter may give to a customer, and who must allow it. The till asks before it writes, the server
/// once more of what was written.
namespace ccms::settings {

/// Why this cannot be given, whoever allows it; fields point into the settlement. Errors: bad_value
/// (/remedy/amount/currency), not_offered (/remedy/kind), missing_field (/remedy/amount) where the kind has
/// limits, too_much (/remedy/amount).
domain::Result<void> check_remedy(const FormSettings& settings, const domain::Settled& settlement);

/// Whether somebody else than the clerk has to allow it.
bool needs_approval(const FormSettings& settings, const domain::Settled& settlement);

/// Whether whoever has to allow it has. Errors: approval_needed, self_approval (/approved_by).
domain::Result<void> check_approval(const FormSettings& settings, const domain::Settled& settlement,
                                    const domain::Clerk& clerk);

}  // namespace ccms::settings
