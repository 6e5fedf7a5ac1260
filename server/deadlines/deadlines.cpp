#include "server/deadlines/deadlines.h"

#include <algorithm>
#include <cstdlib>

#include "server/deadlines/timer_queue.h"
#include "server/store/ticket_events.h"

namespace ccms::server {
namespace {

using settings::TatClock;

const EventActor kSystem{"system", "server", "CCMS"};

/// A slip shows minutes: what differs by less was promised all the same.
constexpr std::int64_t kSlipPrecisionMs = 60'000;

std::optional<std::int64_t> ms_of(const std::optional<Instant>& instant) {
  if (!instant) return std::nullopt;
  return to_epoch_ms(*instant);
}

NewEvent system_event(std::string type, nlohmann::json data, bool is_public, Instant now) {
  NewEvent event;
  event.type = std::move(type);
  event.actor = kSystem;
  event.is_public = is_public;
  event.at = now;
  event.data = std::move(data);
  return event;
}

std::optional<Instant> earliest_aim(const std::vector<workflow::TatStatus>& statuses) {
  std::optional<Instant> aim;
  for (const auto& status : statuses) {
    if (status.runs()) aim = workflow::earliest(aim, status.aim);
  }
  return aim;
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
  clocks.timeline = timeline_of(clocks.history, ticket, clocks.under->settings);
  const auto rules_of = [&](std::int64_t) { return &clocks.under->tat; };
  clocks.statuses = workflow::evaluate(rules_of, clocks.timeline, now_);
  return clocks;
}

void Deadlines::follow(TicketRecord& ticket, std::string_view reason) {
  if (ticket.training) return;
  const TicketClocks clocks = clocks_of(ticket);
  if (!clocks.under) return;
  note_breaches(ticket, clocks);
  const auto before = ticket.answer_by;
  set_columns(ticket, clocks);
  tell_of_answer_by(ticket, before, reason);
  set_timer(connection_, ticket.ticket_id, next_look(ticket, clocks));
}

void Deadlines::note_breaches(TicketRecord& ticket, const TicketClocks& clocks) {
  for (const auto& breach : workflow::unnoted_breaches(clocks.statuses, clocks.timeline)) {
    append_event(connection_, ticket, system_event("breached", breach_json(breach), false, now_), now_);
  }
}

void Deadlines::set_columns(TicketRecord& ticket, const TicketClocks& clocks) const {
  const auto& statuses = clocks.statuses;
  ticket.answer_by = ms_of(workflow::earliest_deadline(statuses, TatClock::resolution));
  ticket.first_response_by = ms_of(workflow::earliest_deadline(statuses, TatClock::first_response));
  ticket.aim_at = ms_of(earliest_aim(statuses));
  ticket.breached_at = ms_of(first_breach(statuses));
  ticket.next_deadline_at = std::nullopt;
  for (const auto& status : statuses) {
    if (!status.runs() || !status.deadline) continue;
    const auto deadline = to_epoch_ms(*status.deadline);
    ticket.next_deadline_at = std::min(ticket.next_deadline_at.value_or(deadline), deadline);
  }
}

void Deadlines::tell_of_answer_by(TicketRecord& ticket, const std::optional<std::int64_t>& before,
                                  std::string_view reason) {
  // A clock that stands still has no date for now; the customer hears of the next one.
  if (!ticket.answer_by) return;
  const auto known = ticket.promised_answer_by;
  const bool is_new = !known && !before;
  const bool kept = known && std::abs(*known - *ticket.answer_by) < kSlipPrecisionMs;
  if (kept && reason != "created") return;
  nlohmann::json data = {{"answer_by", domain::format_rfc3339(from_epoch_ms(*ticket.answer_by))},
                         {"reason", reason}};
  if (known) data["promised"] = domain::format_rfc3339(from_epoch_ms(*known));
  ticket.promised_answer_by = kept ? known : ticket.answer_by;
  if (is_new) return;  // nobody was told of another date: the ticket itself says it
  append_event(connection_, ticket,
               system_event(kept ? "answer_by_confirmed" : "answer_by_changed", std::move(data), true, now_),
               now_);
}

std::optional<Instant> Deadlines::next_look(const TicketRecord& ticket, const TicketClocks& clocks) const {
  if (ticket.withdrawn) return std::nullopt;
  const auto plan = plan_of(clocks, {}, now_);
  if (!plan.due.empty()) return now_;
  return workflow::earliest(workflow::next_due(clocks.statuses, now_), plan.next);
}

workflow::EscalationPlan plan_of(const TicketClocks& clocks, const workflow::Roster& roster, Instant now) {
  workflow::TatFacts facts;
  for (const auto& entry : clocks.timeline) {
    if (const auto* opened = std::get_if<workflow::Opened>(&entry.change)) facts = opened->facts;
    if (const auto* changed = std::get_if<workflow::FactsChanged>(&entry.change)) facts = changed->facts;
  }
  const auto fired = fired_steps(clocks.history);
  return workflow::plan(
      {clocks.under->escalation, clocks.statuses, fired, roster, facts, clocks.under->tat.holds}, now);
}

}  // namespace ccms::server
