#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/db/connection.h"

/// The first reply to each form that became a ticket, so that a double tap makes one ticket.
namespace ccms::plugin::outbox::forms {

std::optional<std::string> reply(db::Connection& connection, std::string_view form_id);
void insert(db::Connection& connection, std::string_view form_id, std::string_view ticket_id,
            std::string_view reply);

}  // namespace ccms::plugin::outbox::forms
