#pragma once

#include <string>
#include <string_view>

#include "plugin/app/till.h"

namespace ccms::plugin::app {

/// Makes a ticket durable on this till: event and ticket in one transaction. The reply names code and slip.
/// The same form_id names the same ticket and event again, with state, delivery and slip as they are by then.
/// Errors: "not_enrolled", "unavailable" (no settings, or no code left), "refused" (CCMS is switched off
/// here), "duplicate_suspected" (nothing was written), and what is wrong with the request. Throws db::DbError
/// when the journal cannot be written.
domain::Result<std::string> create_ticket(Till& till, std::string_view request);

}  // namespace ccms::plugin::app
