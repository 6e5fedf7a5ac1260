#include "server/deadlines/deadlines.h"

#include <algorithm>
#include <cstdlib>

#include "server/deadlines/timed_transitions.h"
#include "server/deadlines/timer_queue.h"
#include "server/notify/outbox.h"
#include "server/settings/timed_steps.h"
#include "server/store/ticket_events.h"
#include "server/store/waiting_tickets.h"

namespace ccms::server {
namespace {

using settings::TatClock;

/// A slip shows minutes: what differs by less was promised all the same.
constexpr std::int64_t kSlipPrecisionMs = 60'000;

/// Steps that restart the clock they follow can make each other due for ever. More than these is no ladder.
constexpr int kMostStepsAtOnce = 50;
constexpr std::chrono::hours kRestFromSteps{24};

std::optional<std::int64_t> ms_of(const std::optional<Instant>& instant) {
  if (!instant) return std::nullopt;
  return to_epoch_ms(*instant);
}

/// The earliest moment that `moment_of` finds among the clocks that run.
template <class MomentOf>
std::optional<Instant> earliest_running(const std::vector<workflow::TatStatus>& statuses,
                                        const MomentOf& moment_of) {
  std::optional<Instant> found;
  for (const auto& status : statuses) {
    if (status.runs()) found = workflow::earliest(found, moment_of(status));
  }
  return found;
}

bool is_done(const TicketRecord& ticket) {
  return ticket.withdrawn || ticket.state_type == "resolved" || ticket.state_type == "closed" ||
         ticket.state_type == "invalid";
}

/// Whether a slip promised a date that the server has not said anything about yet.
bool slip_awaits_an_answer(const std::vector<HistoryEntry>& history) {
  bool promised = false;
  for (const auto& entry : history) {
    if (entry.type == "created") promised = entry.data.contains("promised_answer_by");
    if (entry.type == "answer_by_confirmed" || entry.type == "answer_by_changed") return false;
  }
  return promised;
}

std::optional<Instant> first_breach(const std::vector<workflow::TatStatus>& statuses) {
  std::optional<Instant> breach;
  for (const auto& status : statuses) breach = workflow::earliest(breach, status.breached_at);
  return breach;
}

}  // namespace

std::shared_ptr<const PublishedSettings> Deadlines::version_of(const TicketRecord& ticket) {
  try {
    if (auto under = current_.others->at(connection_, ticket.settings_version)) return under;
  } catch (const UnreadableSettings&) {
    // Whoever read the version first has logged it. A ticket must not wait for its repair.
  }
  return current_.others->at(connection_, current_.version);
}

TicketClocks Deadlines::clocks_of(const TicketRecord& ticket) {
  TicketClocks clocks;
  clocks.under = version_of(ticket);
  if (!clocks.under || ticket.training) return clocks;
  clocks.history = ticket_history(connection_, ticket.ticket_id);
  count(ticket, clocks);
  return clocks;
}

void Deadlines::count(const TicketRecord& ticket, TicketClocks& clocks) const {
  clocks.at = now_;
  for (const auto& entry : clocks.history) clocks.at = std::max(clocks.at, entry.at);
  clocks.timeline = timeline_of(clocks.history, ticket, clocks.under->settings);
  const auto rules_of = [&](std::int64_t) { return &clocks.under->tat; };
  clocks.statuses = workflow::evaluate(rules_of, clocks.timeline, clocks.at);
}

TicketClocks Deadlines::follow(TicketRecord& ticket, std::string_view reason) {
  return follow(ticket, reason, [](TicketClocks&) { return false; });
}

TicketClocks Deadlines::follow(TicketRecord& ticket, std::string_view reason, const TakeStep& take_step) {
  if (ticket.merged_into) return rest(ticket);
  TicketClocks clocks = clocks_of(ticket);
  if (!clocks.under || ticket.training) return clocks;
  settle(ticket, clocks, reason);
  int taken = 0;
  while (taken < kMostStepsAtOnce && take_step(clocks)) {
    ++taken;
    count(ticket, clocks);
    settle(ticket, clocks, "escalated");
  }
  const auto next = next_look(ticket, clocks);
  set_timer(connection_, ticket.ticket_id,
            taken == kMostStepsAtOnce ? std::optional(clocks.at + kRestFromSteps) : next);
  // What a newer version waits for is not known here, and its publication may have woken the ticket in vain:
  // the timers' job goes by that version. Asked only now that the timer is ours, so that a publication which
  // is not seen yet has still to wake it, unless it looked before the ticket entered its state.
  if (!ticket.withdrawn && is_overtaken(connection_, current_.version))
    set_timer(connection_, ticket.ticket_id, now_);
  if (is_done(ticket)) cancel_staff_notifications(connection_, ticket.ticket_id, "finished");
  return clocks;
}

TicketClocks Deadlines::rest(TicketRecord& ticket) {
  TicketClocks clocks;
  clocks.at = now_;
  ticket.answer_by.reset();
  ticket.first_response_by.reset();
  ticket.aim_at.reset();
  ticket.next_deadline_at.reset();
  set_timer(connection_, ticket.ticket_id, std::nullopt);
  cancel_staff_notifications(connection_, ticket.ticket_id, "merged");
  return clocks;
}

void Deadlines::settle(TicketRecord& ticket, TicketClocks& clocks, std::string_view reason) {
  note_breaches(ticket, clocks);
  set_columns(ticket, clocks);
  tell_of_answer_by(ticket, clocks, reason);
}

void Deadlines::append(TicketRecord& ticket, TicketClocks& clocks, std::string type, nlohmann::json data,
                       bool is_public) {
  NewEvent event;
  event.type = std::move(type);
  event.actor = system_actor();
  event.is_public = is_public;
  event.at = clocks.at;
  event.data = std::move(data);
  append_event(connection_, ticket, event, clocks.at);
  clocks.history.push_back(history_entry(event));
}

void Deadlines::note_breaches(TicketRecord& ticket, TicketClocks& clocks) {
  for (const auto& breach : workflow::unnoted_breaches(clocks.statuses, clocks.timeline))
    append(ticket, clocks, "breached", breach_json(breach), false);
}

void Deadlines::set_columns(TicketRecord& ticket, const TicketClocks& clocks) const {
  const auto& statuses = clocks.statuses;
  ticket.answer_by = ms_of(workflow::earliest_deadline(statuses, TatClock::resolution));
  ticket.first_response_by = ms_of(workflow::earliest_deadline(statuses, TatClock::first_response));
  ticket.aim_at = ms_of(earliest_running(statuses, [](const auto& status) { return status.aim; }));
  ticket.breached_at = ms_of(first_breach(statuses));
  ticket.next_deadline_at =
      ms_of(earliest_running(statuses, [](const auto& status) { return status.deadline; }));
}

void Deadlines::tell_of_answer_by(TicketRecord& ticket, TicketClocks& clocks, std::string_view reason) {
  // A clock that stands still has no date for now, and one of a ticket that is not routed yet is none to
  // speak of.
  if (!ticket.answer_by || !ticket.department) return;
  const auto promised = ticket.promised_answer_by;
  if (!promised) {
    ticket.promised_answer_by = ticket.answer_by;  // nobody was told of another date: the ticket says it
    return;
  }
  const bool is_first = slip_awaits_an_answer(clocks.history);
  const std::int64_t clock_error = is_first ? std::abs(ticket.clock_offset_ms) : 0;
  const bool kept = std::abs(*promised - *ticket.answer_by) < kSlipPrecisionMs + clock_error;
  if (kept && !is_first) return;
  if (!kept) ticket.promised_answer_by = ticket.answer_by;
  nlohmann::json data = {{"answer_by", domain::format_rfc3339(from_epoch_ms(*ticket.promised_answer_by))},
                         {"promised", domain::format_rfc3339(from_epoch_ms(*promised))},
                         {"reason", reason}};
  append(ticket, clocks, kept ? "answer_by_confirmed" : "answer_by_changed", std::move(data), true);
}

std::optional<Instant> Deadlines::next_look(const TicketRecord& ticket, const TicketClocks& clocks) const {
  if (ticket.withdrawn) return std::nullopt;
  const auto plan = plan_of(clocks);
  if (!plan.due.empty()) return clocks.at;
  auto next = plan.next;
  if (const auto timed = timed_transition_of(ticket, clocks, current_))
    next = workflow::earliest(next, timed->due_at);
  if (const auto try_at = next_try(connection_, ticket, current_.settings))
    next = workflow::earliest(next, std::max(*try_at, clocks.at));
  // An aim that passes changes nothing that is written down.
  const auto deadline = earliest_running(clocks.statuses, [&](const auto& status) {
    return status.deadline > clocks.at ? status.deadline : std::nullopt;
  });
  return workflow::earliest(next, deadline);
}

workflow::EscalationPlan plan_of(const TicketClocks& clocks) {
  const auto fired = fired_steps(clocks.history);
  return workflow::plan({clocks.under->escalation,
                         clocks.statuses,
                         fired,
                         {},
                         workflow::facts_at(clocks.timeline),
                         clocks.under->tat.holds},
                        clocks.at);
}

}  // namespace ccms::server
