#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string_view>

#include "core/db/connection.h"
#include "core/settings/bundle.h"
#include "core/wire/sync_messages.h"
#include "plugin/outbox/ticket_table.h"

namespace ccms::plugin::app {

/// A ticket of this till as a list shows it: the customer masked, the details cut short.
nlohmann::ordered_json summary_of(db::Connection& connection, const settings::Bundle& settings,
                                  const outbox::tickets::Ticket& ticket, std::string_view language);

/// A ticket of another till of the store as far as the server has told of it: no customer, no details.
nlohmann::ordered_json summary_of(const settings::Bundle& settings, const wire::TicketUpdate& update,
                                  std::string_view language);

}  // namespace ccms::plugin::app
