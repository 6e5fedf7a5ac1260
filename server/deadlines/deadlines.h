#pragma once

#include <functional>
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
  /// What the ticket was made with; the statuses point into it. Null: nothing is known of it.
  std::shared_ptr<const PublishedSettings> under;
  /// The moment they are of: now, but not before what the history holds already. Another process's clock may
  /// be ahead, and a job's now is as old as the job's run.
  Instant at{};
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
  /// `reason` is a word that the history shows for that: created, acted, amended, checked, escalated,
  /// imported, unmerged. What waits to be said to staff about a ticket that is done with is not said. Returns
  /// how the clocks stand. A merged ticket has no clocks: the one that answers for it has its own.
  TicketClocks follow(TicketRecord& ticket, std::string_view reason);

  /// Takes one step that is due, and adds its event to the clocks' history; false when none was due.
  using TakeStep = std::function<bool(TicketClocks&)>;
  /// As follow(), and then calls `take_step` until there is nothing left to take, or until so many were taken
  /// that they must bring each other about: the ticket then rests for a day. The history is read once, and
  /// the timer set once.
  TicketClocks follow(TicketRecord& ticket, std::string_view reason, const TakeStep& take_step);

 private:
  void count(const TicketRecord& ticket, TicketClocks& clocks) const;
  void append(TicketRecord& ticket, TicketClocks& clocks, std::string type, nlohmann::json data,
              bool is_public);
  void settle(TicketRecord& ticket, TicketClocks& clocks, std::string_view reason);
  std::shared_ptr<const PublishedSettings> version_of(const TicketRecord& ticket);
  TicketClocks rest(TicketRecord& ticket);
  void note_breaches(TicketRecord& ticket, TicketClocks& clocks);
  void set_columns(TicketRecord& ticket, const TicketClocks& clocks) const;
  void tell_of_answer_by(TicketRecord& ticket, TicketClocks& clocks, std::string_view reason);
  std::optional<Instant> next_look(const TicketRecord& ticket, const TicketClocks& clocks) const;

  db::Connection& connection_;
  const PublishedSettings& current_;
  const Instant now_;
};

/// What is due on the ladders, and what comes next; whom to tell is left to the caller.
workflow::EscalationPlan plan_of(const TicketClocks& clocks);

}  // namespace ccms::server
