#pragma once

#include "core/domain/result.h"
#include "core/domain/settlement.h"
#include "core/settings/form_settings.h"

/// What may be given to a customer, and who must allow it at a counter. The till asks before it writes, the
/// server once more of what was written.
namespace ccms::settings {

/// Whether the chain gives this at all; fields point into what holds the remedy. Errors: bad_value
/// (/remedy/amount/currency), not_offered (/remedy/kind).
domain::Result<void> check_offered(const FormSettings& settings, const domain::Remedy& remedy);

/// Why this cannot be given at a counter, whoever allows it; fields point into the settlement. Errors: those
/// of check_offered(), missing_field (/remedy/amount) where the kind has limits, too_much
/// (/remedy/amount).
domain::Result<void> check_remedy(const FormSettings& settings, const domain::Settled& settlement);

/// Whether somebody else than the clerk has to allow it.
bool needs_approval(const FormSettings& settings, const domain::Settled& settlement);

/// Whether whoever has to allow it has. Errors: approval_needed, self_approval (/approved_by).
domain::Result<void> check_approval(const FormSettings& settings, const domain::Settled& settlement,
                                    const domain::Clerk& clerk);

}  // namespace ccms::settings
