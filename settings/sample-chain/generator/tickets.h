#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "core/domain/actor.h"
#include "core/domain/ticket.h"
#include "core/workflow/workflow.h"
#include "settings/sample-chain/generator/sales.h"

namespace ccms::sample_chain {

/// Something that staff did to a ticket.
struct HistoricAction {
  domain::Instant at;
  workflow::ActionRequest request;
  domain::Actor actor;
};

/// A ticket from a till, and what became of it by the end of the generated time.
struct HistoricTicket {
  domain::TicketId id;
  domain::TicketRequest request;
  std::string store;
  std::string till;
  domain::Instant created_at;
  std::vector<HistoricAction> actions;  ///< each allowed by the workflow in the state that it meets
};

/// The tickets of the `days` before `until`, in the order of time; nothing happens later than `until`, 0:00
/// UTC.
std::vector<HistoricTicket> make_tickets(const settings::Settings& settings, const StoreClock& clock,
                                         const std::vector<Person>& people, const std::vector<Sale>& sales,
                                         std::chrono::local_days until, int days, Speech speech,
                                         Random& random);

}  // namespace ccms::sample_chain
