#include "server/deadlines/timers.h"

#include <array>
#include <stdexcept>

#include "core/db/db_error.h"
#include "core/db/transaction.h"
#include "server/actions/ticket_actions.h"
#include "server/deadlines/deadlines.h"
#include "server/deadlines/escalations.h"
#include "server/deadlines/timed_transitions.h"
#include "server/deadlines/timer_queue.h"
#include "server/store/changes.h"
#include "server/store/ticket_events.h"
#include "server/store/user_store.h"

namespace ccms::server {
namespace {

/// Tickets claimed together: their claims are one transaction, and each has one of its own.
constexpr std::int64_t kPage = 100;
constexpr std::chrono::minutes kLease{5};

std::vector<DueTimer> claim_page(db::Database& database, Instant now) {
  std::vector<DueTimer> page;
  {
    const auto lease = database.reader();
    page = due_timers(*lease, now, kPage);
  }
  if (page.empty()) return page;
  return db::with_transaction(database, [&](db::Connection& connection) {
    std::vector<DueTimer> claimed;
    for (const auto& timer : page) {
      if (claim_timer(connection, timer, now + kLease)) claimed.push_back(timer);
    }
    return claimed;
  });
}

using Columns = std::array<std::optional<std::int64_t>, 6>;

Columns columns_of(const TicketRecord& ticket) {
  return {ticket.answer_by, ticket.promised_answer_by, ticket.first_response_by,
          ticket.aim_at,    ticket.next_deadline_at,   ticket.breached_at};
}

/// Takes the transition that takes itself, when it is due: what is due besides comes up with its new timer.
bool move_on(db::Connection& connection, TicketRecord& ticket, const TicketClocks& clocks,
             const PublishedSettings& in_force) {
  const auto timed = timed_transition_of(ticket, clocks, in_force);
  if (!timed || timed->due_at > clocks.at) return false;
  workflow::ActionRequest request;
  request.action = timed->transition->id;
  const ActingPerson nobody{system_actor(), {std::string(workflow::kAnybody)}};
  const auto taken = take_action(connection, ticket, in_force, nobody, request, clocks.at);
  if (!taken) throw std::runtime_error(request.action + ": " + taken.error().message);
  return true;
}

/// What there is to do about one ticket, in one transaction.
void look(db::Connection& connection, const Clock& clock, const EscalationAudience& audience,
          const std::string& ticket_id) {
  auto ticket = load_ticket(connection, ticket_id, true);
  if (!ticket) return set_timer(connection, ticket_id, std::nullopt);
  // Only now: whoever changed the ticket before it was ours did so before this moment.
  const Instant now = clock.now();
  const auto events_before = ticket->last_event_number;
  const auto columns_before = columns_of(*ticket);
  Deadlines deadlines(connection, audience.in_force, now);
  if (move_on(connection, *ticket, deadlines.clocks_of(*ticket), audience.in_force)) return;
  auto clocks = deadlines.follow(*ticket, "checked");
  while (take_due_step(connection, *ticket, clocks, audience))
    clocks = deadlines.follow(*ticket, "escalated");
  if (ticket->last_event_number == events_before && columns_of(*ticket) == columns_before) return;
  ticket->updated_at = to_epoch_ms(clocks.at);
  // The row was locked when it was read, so nobody can have been quicker.
  if (!update_ticket(connection, *ticket))
    throw std::runtime_error("a locked ticket was changed by somebody else");
  append_change(connection, *ticket, now);
}

/// Whether another ticket would fail in the same way.
bool is_everybodys(const db::DbError& error) {
  return error.kind() != db::ErrorKind::constraint && error.kind() != db::ErrorKind::unique_violation &&
         error.kind() != db::ErrorKind::other;
}

}  // namespace

std::size_t Timers::run_once(Instant now) {
  const auto current = services_.settings.current();
  if (!current) return 0;
  const auto claimed = claim_page(services_.database, now);
  if (claimed.empty()) return 0;
  std::vector<User> users;
  {
    const auto lease = services_.database.reader();
    users = UserStore(*lease).list();
  }
  for (const auto& timer : claimed) look_guarded({users, *current}, timer.ticket_id);
  services_.metrics.count("ccms_timers_total", {}, static_cast<std::int64_t>(claimed.size()));
  return claimed.size();
}

void Timers::look_guarded(const EscalationAudience& audience, const std::string& ticket_id) {
  try {
    db::with_transaction(services_.database, [&](db::Connection& connection) {
      look(connection, services_.clock, audience, ticket_id);
    });
    return;
  } catch (const db::DbError& error) {
    if (is_everybodys(error)) throw;
    services_.log.error("timer_failed", {{"ticket_id", ticket_id}, {"error", error.what()}});
  } catch (const std::exception& error) {
    services_.log.error("timer_failed", {{"ticket_id", ticket_id}, {"error", error.what()}});
  }
  // One bad ticket keeps no other waiting; its own timer is due again when the claim ends.
  services_.metrics.count("ccms_timers_failed_total");
}

}  // namespace ccms::server
