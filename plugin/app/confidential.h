#pragma once

#include <string_view>

#include "core/db/connection.h"

namespace ccms::plugin::app {

/// Takes a ticket that is not for the store's eyes (it is confidential, or has left the store) off this till
/// as far as nobody here needs it any more: what was delivered or put aside, whichever till made the ticket,
/// and what the ticket says once the server has it. True when there was something to take; the caller empties
/// the journal's log after its transaction.
bool wipe_if_out_of_sight(db::Connection& connection, std::string_view ticket_id);

}  // namespace ccms::plugin::app
