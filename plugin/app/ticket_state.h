#pragma once

#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string_view>

#include "core/settings/bundle.h"
#include "core/wire/sync_messages.h"
#include "plugin/outbox/ticket_table.h"

namespace ccms::plugin::app {

/// The state that a settlement takes a ticket to; which of several, only the server's workflow says. Nothing
/// when the chain has none.
std::optional<wire::StateSummary> closed_state(const settings::Bundle& settings);

/// What the server last said of a ticket of this till; one that was settled here is closed, though the server
/// has not heard of it yet.
std::optional<wire::TicketUpdate> standing_of(db::Connection& connection, const settings::Bundle& settings,
                                              const outbox::tickets::Ticket& ticket);

/// Keeps in mind that the server has taken a settlement: it has closed the ticket, and the next pull says so
/// in its own words.
void note_settled(db::Connection& connection, const settings::Bundle& settings, std::string_view ticket_id);

/// {"id", "type", "label"} of a ticket, as the server last said.
nlohmann::ordered_json state_json(const settings::Bundle& settings, const wire::TicketUpdate& update,
                                  std::string_view language);

/// The same of a ticket that the server has said nothing of: where its workflow begins.
nlohmann::ordered_json initial_state_json(const settings::Bundle& settings,
                                          const domain::TicketContent& content, std::string_view language);

}  // namespace ccms::plugin::app
