#pragma once

#include "core/domain/ticket.h"
#include "core/settings/conditions.h"
#include "core/workflow/timeline.h"

namespace ccms::workflow {

/// Whether routing's conditions hold for what was asked for. `place` is that of the ticket's store.
bool holds(const settings::TicketConditions& when, const domain::TicketFacts& facts,
           const settings::StorePlace& place);

/// Whether conditions hold for what the ticket has become.
bool holds(const settings::TicketConditions& when, const TatFacts& facts, const settings::StorePlace& place);

}  // namespace ccms::workflow
