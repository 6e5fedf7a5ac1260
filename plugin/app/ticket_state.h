#pragma once

#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string_view>

#include "core/settings/bundle.h"
#include "core/wire/sync_messages.h"

namespace ccms::plugin::app {

/// {"id", "type", "label"} of a ticket: what the server last said, or else the workflow's initial state.
nlohmann::ordered_json state_json(const settings::Bundle& settings,
                                  const std::optional<wire::TicketUpdate>& update, std::string_view language);

}  // namespace ccms::plugin::app
