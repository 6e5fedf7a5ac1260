#pragma once

#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "core/workflow/escalation.h"
#include "core/workflow/tat.h"
#include "server/deadlines/ticket_history.h"
#include "server/settings/published_settings.h"
#include "server/store/ticket_record.h"

namespace ccms::server {

/// How a ticket's turn-around times stand.
struct TicketClocks {
  std::shared_ptr<const PublishedSettings>
      under;  ///< what the ticket was made with; the statuses point into it
  std::vector<HistoryEntry> history;
  workflow::Timeline timeline;
  std::vector<workflow::TatStatus> statuses;
};

/// Turn-around times in the transaction that changes a ticket. Everything is computed from the ticket's
/// history; columns and timers are what was computed last. Training tickets have none. All functions throw
/// db::DbError.
class Deadlines {
 public:
  /// `current` leads to the version that a ticket was made with, and answers for one that nobody published or
  /// that cannot be read.
  Deadlines(db::Connection& connection, const PublishedSettings& current, Instant now)
      : connection_(connection), current_(current), now_(now) {}

  TicketClocks clocks_of(const TicketRecord& ticket);

  /// To be called after a change's events were appended and before the ticket's row is written: notes
  /// breaches, sets the columns and the timer, and says in the history when the customer's date changes.
  /// `reason` is a word that the history shows for that: created, acted, amended, checked, escalated.
  void follow(TicketRecord& ticket, std::string_view reason);

 private:
  std::shared_ptr<const PublishedSettings> version_of(const TicketRecord& ticket);
  void note_breaches(TicketRecord& ticket, const TicketClocks& clocks);
  void set_columns(TicketRecord& ticket, const TicketClocks& clocks) const;
  void tell_of_answer_by(TicketRecord& ticket, const std::optional<std::int64_t>& before,
                         std::string_view reason);
  std::optional<Instant> next_look(const TicketRecord& ticket, const TicketClocks& clocks) const;

  db::Connection& connection_;
  const PublishedSettings& current_;
  const Instant now_;
};

/// What escalation looks at, `roster` aside.
workflow::EscalationPlan plan_of(const TicketClocks& clocks, const workflow::Roster& roster, Instant now);

}  // namespace ccms::server
