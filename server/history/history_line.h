#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "core/domain/actor.h"
#include "core/domain/ticket.h"
#include "core/domain/time.h"
#include "core/wire/problems.h"
#include "core/workflow/workflow.h"

namespace ccms::server {

/// Something that was done to a ticket in the older system.
struct HistoricAction {
  domain::Instant at;
  workflow::ActionRequest request;
  domain::Actor actor;
};

/// A ticket of an older system, and what became of it there.
struct HistoricTicket {
  domain::TicketId id;
  domain::TicketRequest request;
  domain::Channel channel = domain::Channel::console;
  std::optional<domain::StoreId> store;  ///< where it was reported; always there from a till
  std::optional<domain::TillId> till;
  domain::Instant created_at;
  domain::Actor actor;                  ///< who made it
  std::vector<HistoricAction> actions;  ///< none earlier than the one before it
};

/// Reads one line of a history file strictly:
///
///   {"ticket_id"?, "request": <as for POST /tickets, or with form_id and clerk as from a till>, "channel",
///    "store"?, "till"?, "created_at", "actor": {"type", "id", "name"},
///    "actions": [{"at", "action", "note"?, "resolution_code"?, "reason"?, "assignee"?, "department"?,
///    "actor"}…]}
///
/// A line without a ticket_id gets one that follows from its bytes, so that the same line is the same ticket
/// for ever. Fields of errors point into the line. Settings are not looked at. Pure.
wire::Parsed<HistoricTicket> parse_history_line(std::string_view line);

}  // namespace ccms::server
