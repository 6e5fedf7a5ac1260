#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

#include "plugin/app/known_ticket.h"

namespace ccms::plugin::app {

/// Whether the ticket belongs to another store, as far as this till can know: it was looked up by its code,
/// and the server has not named it among the tickets of this store.
bool is_foreign(const Till& till, const std::string& ticket_id);

/// The error for what may be done in the ticket's own stores alone.
domain::Error belongs_to_another_store();

/// The names of the actions that can be done to a ticket of this till, as `act` takes them. `summary` and
/// `history` are what the reply shows of it.
nlohmann::ordered_json possible_actions(db::Connection& connection, const outbox::tickets::Ticket& own,
                                        const nlohmann::ordered_json& summary,
                                        const nlohmann::ordered_json& history);

/// Puts the possible actions into the server's answer about one ticket, also a settlement that the server has
/// not heard of yet, and remembers it when it belongs to
/// another store. What cannot be read is passed on as it came. Worker.
std::string with_possible_actions(Till& till, std::string answer);

}  // namespace ccms::plugin::app
