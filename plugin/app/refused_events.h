#pragma once

#include <string>

#include "core/db/connection.h"
#include "plugin/app/till.h"

namespace ccms::plugin::app {

/// Something else stands for a refused event from now on, or nothing does. An unsent one goes up all the
/// same, so that the server misses no number: only for what the server is sure to refuse.
void put_aside(db::Connection& connection, const std::string& event_id);

/// Gives out again what was refused only because its ticket was: nothing is wrong with it, and no clerk
/// should have to type it a second time. In the transaction that corrects the ticket or learns that the
/// server has it.
void reissue_followers(Till& till, db::Connection& connection, const std::string& ticket_id);

}  // namespace ccms::plugin::app
