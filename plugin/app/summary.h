#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string_view>

#include "core/db/connection.h"
#include "core/settings/bundle.h"
#include "plugin/outbox/ticket_table.h"

namespace ccms::plugin::app {

/// A ticket of this till as a list shows it: the customer masked, the details cut short.
nlohmann::ordered_json summary_of(db::Connection& connection, const settings::Bundle& settings,
                                  const outbox::tickets::Ticket& ticket, std::string_view language);

}  // namespace ccms::plugin::app
