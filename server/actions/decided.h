#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "core/workflow/workflow.h"
#include "server/app/clock.h"
#include "server/store/ticket_record.h"

/// What a decision of the process flow makes of a ticket, whoever it was asked for by: staff, the clock, or a
/// till that has handed goods over.
namespace ccms::server {

/// What the process flow looks at.
workflow::TicketState workflow_state_of(const TicketRecord& ticket, const settings::Settings& settings);

/// The ticket's new column values. `settings` are those that the decision was made under.
void apply(const workflow::Decision& decision, const settings::Settings& settings, TicketRecord& ticket,
           Instant now);

/// What the history says of it. `assignee_role`: the role in which the assignee gets the ticket, or empty.
nlohmann::json event_data(const workflow::Decision& decision, const settings::Settings& settings,
                          const std::string& assignee_role);

/// Whether the customer may read an event of this type that the decision leads to.
bool is_public(const workflow::Decision& decision, const std::string& event_type);

}  // namespace ccms::server
