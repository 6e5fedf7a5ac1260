#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "core/db/connection.h"
#include "core/settings/settings.h"
#include "core/workflow/escalation.h"
#include "core/workflow/timeline.h"
#include "server/app/clock.h"
#include "server/store/ticket_events.h"
#include "server/store/ticket_record.h"

namespace ccms::server {

/// One event of a ticket, as far as its turn-around times look at it.
struct HistoryEntry {
  std::string type;
  bool by_staff = false;
  bool is_public = false;
  Instant at;
  nlohmann::json data;
};

/// A ticket's events in their order; those of the caller's own transaction count. Throws db::DbError.
std::vector<HistoryEntry> ticket_history(db::Connection& connection, const std::string& ticket_id);

/// What ticket_history() will read of an event that is being appended.
HistoryEntry history_entry(const NewEvent& event);

/// What a history says about turn-around times. `under` is the version of the settings that the ticket was
/// made with: it tells the region, and what a state means where an event does not say.
workflow::Timeline timeline_of(const std::vector<HistoryEntry>& history, const TicketRecord& ticket,
                               const settings::Settings& under);

/// The steps of escalation ladders that were taken.
std::vector<workflow::FiredStep> fired_steps(const std::vector<HistoryEntry>& history);

/// The id of the workflow's step that an event belongs to, or empty.
std::string transition_of(const HistoryEntry& entry);

/// How an event's data keep the clocks that a step of a workflow turns, which is nothing for most; and the
/// data without them.
void put_clocks(nlohmann::json& data, const settings::Transition& step);
void drop_clocks(nlohmann::json& data);

/// How events keep one step of a ladder, and a breach.
nlohmann::json step_json(const workflow::StepKey& key);
nlohmann::json breach_json(const workflow::BreachNoted& breach);

}  // namespace ccms::server
