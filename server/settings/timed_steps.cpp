#include "server/settings/timed_steps.h"

#include <map>
#include <set>
#include <string>
#include <utility>

namespace ccms::server {
namespace {

/// How long a ticket stays in a state of a workflow until it moves on by itself, and what could keep it from
/// that.
using Waits =
    std::map<std::pair<std::string, std::string>, std::pair<settings::Span, settings::VerificationFlow>>;

Waits waits_of(const settings::Settings& settings) {
  Waits waits;
  for (const auto& workflow : settings.workflows) {
    for (const auto& transition : workflow.transitions) {
      if (!transition.after) continue;
      for (const auto& state : transition.from)
        waits.emplace(std::pair{workflow.id, state}, std::pair{*transition.after, workflow.verification});
    }
  }
  return waits;
}

std::set<std::string> states_that_wait_anew(const Waits& former, const Waits& next) {
  std::set<std::string> states;
  for (const auto& [place, wait] : next) {
    const auto known = former.find(place);
    if (known == former.end() || known->second != wait) states.insert(place.second);
  }
  return states;
}

}  // namespace

void wake_waiting_tickets(db::Connection& connection, const settings::Settings* former,
                          const settings::Settings& next, Instant now) {
  const auto before = former == nullptr ? Waits() : waits_of(*former);
  const auto at = to_epoch_ms(now);
  for (const auto& state : states_that_wait_anew(before, waits_of(next))) {
    connection.execute(
        "UPDATE ticket_timers SET due_at = ? WHERE due_at > ? AND ticket_id IN "
        "(SELECT ticket_id FROM tickets WHERE state = ?)",
        {at, at, state});
    connection.execute(
        "INSERT INTO ticket_timers (ticket_id, due_at) SELECT ticket_id, ? FROM tickets WHERE state = ? AND "
        "training = 0 AND withdrawn = 0 AND merged_into IS NULL AND NOT EXISTS "
        "(SELECT 1 FROM ticket_timers WHERE ticket_timers.ticket_id = tickets.ticket_id)",
        {at, state});
  }
}

}  // namespace ccms::server
