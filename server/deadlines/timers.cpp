#include "server/deadlines/timers.h"

#include <algorithm>
#include <array>
#include <stdexcept>

#include "core/db/db_error.h"
#include "core/db/transaction.h"
#include "server/actions/automatic_assignment.h"
#include "server/actions/decided.h"
#include "server/actions/ticket_actions.h"
#include "server/deadlines/deadlines.h"
#include "server/deadlines/escalations.h"
#include "server/deadlines/timed_transitions.h"
#include "server/settings/timed_steps.h"
#include "server/settings/version_table.h"
#include "server/store/changes.h"
#include "server/store/ticket_events.h"
#include "server/store/user_store.h"

namespace ccms::server {
namespace {

/// Tickets claimed together, in one transaction.
constexpr std::int64_t kPage = 100;
/// Tickets looked at in one transaction: each commit is a write to the disk, and whoever wants to change one
/// of them waits for the others.
constexpr std::size_t kTogether = 20;
/// How late tickets may be because the process that had claimed them died.
constexpr std::chrono::minutes kLease{1};

/// Whatever of `page` nobody else was quicker to take.
std::vector<DueTimer> claim(db::Database& database, const std::vector<DueTimer>& page, Instant lease_until) {
  return db::with_transaction(database, [&](db::Connection& connection) {
    std::vector<DueTimer> claimed;
    for (const auto& timer : page) {
      if (claim_timer(connection, timer, lease_until)) claimed.push_back(timer);
    }
    return claimed;
  });
}

/// How many pages in a row may have been somebody else's.
constexpr int kMostTries = 10;

/// Processes that look at the same moment see the same page, and one of them gets it: the others go on to the
/// next instead of waiting for their next tick.
std::vector<DueTimer> claim_page(db::Database& database, Instant now) {
  for (int tries = 0; tries < kMostTries; ++tries) {
    std::vector<DueTimer> page;
    {
      const auto lease = database.reader();
      page = due_timers(*lease, now, kPage);
    }
    if (page.empty()) return page;
    auto claimed = claim(database, page, now + kLease);
    if (!claimed.empty()) return claimed;
  }
  return {};
}

using Columns = std::array<std::optional<std::int64_t>, 6>;

Columns columns_of(const TicketRecord& ticket) {
  return {ticket.answer_by, ticket.promised_answer_by, ticket.first_response_by,
          ticket.aim_at,    ticket.next_deadline_at,   ticket.breached_at};
}

/// Takes the transition that takes itself, when it is due: what is due besides comes up with its new timer.
bool move_on(db::Connection& connection, TicketRecord& ticket, const PublishedSettings& in_force,
             Instant now) {
  const auto state = workflow_state_of(ticket, in_force.settings);
  if (workflow::timed_transition(in_force.settings, state) == nullptr) return false;
  const auto clocks = Deadlines(connection, in_force, now).clocks_of(ticket);
  const auto timed = timed_transition_of(ticket, clocks, in_force);
  if (!timed || timed->due_at > clocks.at) return false;
  workflow::ActionRequest request;
  request.action = timed->transition->id;
  const ActingPerson nobody{system_actor(), {std::string(workflow::kAnybody)}};
  const auto taken = take_action(connection, ticket, in_force, nobody, request, clocks.at);
  if (!taken) throw std::runtime_error(request.action + ": " + taken.error().message);
  return true;
}

/// What there is to do about one ticket, in a transaction that may look at others as well.
void look(db::Connection& connection, const Clock& clock, const EscalationAudience& audience,
          const std::string& ticket_id) {
  auto ticket = load_ticket(connection, ticket_id, true);
  if (!ticket) return set_timer(connection, ticket_id, std::nullopt);
  // Only now: whoever changed the ticket before it was ours did so before this moment.
  const Instant now = clock.now();
  const auto events_before = ticket->last_event_number;
  const auto columns_before = columns_of(*ticket);
  if (move_on(connection, *ticket, audience.in_force, now)) return;
  assign_if_due(connection, *ticket, audience.in_force.settings, now);
  const auto clocks =
      Deadlines(connection, audience.in_force, now).follow(*ticket, "checked", [&](TicketClocks& standing) {
        return take_due_step(connection, *ticket, standing, audience);
      });
  if (ticket->last_event_number == events_before && columns_of(*ticket) == columns_before) return;
  ticket->updated_at = to_epoch_ms(clocks.at);
  write_locked(connection, *ticket, now);
}

/// Whether another ticket would fail in the same way.
bool is_everybodys(const db::DbError& error) {
  return error.kind() != db::ErrorKind::constraint && error.kind() != db::ErrorKind::unique_violation &&
         error.kind() != db::ErrorKind::other;
}

}  // namespace

std::size_t Timers::run_once(Instant now) {
  if (!services_.settings.current()) return 0;
  const auto claimed = claim_page(services_.database, now);
  if (claimed.empty()) return 0;
  Today today;
  {
    const auto lease = services_.database.reader();
    bring_up_to(VersionTable(*lease).in_force(), *lease, today);
  }
  const std::span<const DueTimer> timers = claimed;
  for (std::size_t first = 0; first < timers.size(); first += kTogether) {
    // What a slow database leaves undone is due again: for whoever comes first.
    if (services_.clock.now() >= now + kLease) break;
    look_guarded(today, timers.subspan(first, std::min(kTogether, timers.size() - first)));
  }
  services_.metrics.count("ccms_timers_total", {}, static_cast<std::int64_t>(claimed.size()));
  return claimed.size();
}

void Timers::bring_up_to(std::int64_t version, db::Connection& connection, Today& today) {
  if (today.in_force && today.in_force->version == version) return;
  auto in_force = services_.settings.at(connection, version);
  if (!in_force) throw UnreadableSettings("settings version " + std::to_string(version) + " has no document");
  today.staff = staff_of(UserStore(connection).list(), in_force->settings);
  today.in_force = std::move(in_force);
}

void Timers::look_guarded(Today& today, std::span<const DueTimer> timers) {
  const auto error = look_together(today, timers);
  if (!error) return;
  // One bad ticket keeps no other waiting; its own timer is due again when the claim ends.
  if (timers.size() > 1) {
    for (std::size_t i = 0; i < timers.size(); ++i) look_guarded(today, timers.subspan(i, 1));
    return;
  }
  services_.log.error("timer_failed", {{"ticket_id", timers.front().ticket_id}, {"error", *error}});
  services_.metrics.count("ccms_timers_failed_total");
}

std::optional<std::string> Timers::look_together(Today& today, std::span<const DueTimer> timers) {
  try {
    db::with_transaction(services_.database, [&](db::Connection& connection) {
      // A timer that goes by a version which is no longer in force would be set for what that one says, after
      // the newer one's publication has woken the ticket in vain.
      bring_up_to(hold_version_in_force(connection), connection, today);
      const EscalationAudience audience{today.staff, *today.in_force};
      for (const auto& timer : timers) look(connection, services_.clock, audience, timer.ticket_id);
    });
    return std::nullopt;
  } catch (const db::DbError& error) {
    if (is_everybodys(error)) throw;
    return error.what();
  } catch (const UnreadableSettings&) {
    throw;
  } catch (const std::exception& error) {
    return error.what();
  }
}

}  // namespace ccms::server
