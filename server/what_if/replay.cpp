#include "server/what_if/replay.h"

#include <algorithm>
#include <set>

#include "core/workflow/ladder_walk.h"
#include "core/workflow/routing.h"
#include "server/intake/allocation.h"
#include "server/store/ticket_workflow.h"

namespace ccms::server {
namespace {

using domain::Instant;
using nlohmann::json;
using settings::TatClock;
using workflow::Timeline;
using workflow::WalkedStep;

/// Lets a step of a workflow do to clocks, priority and department what the candidate says. Of the events of
/// one step the last turns the clocks.
void take_step_as_in(const settings::Workflow& flow, HistoryEntry& entry, const HistoryEntry* next) {
  const std::string id = transition_of(entry);
  const auto* step = settings::find_by_id(flow.transitions, id);
  if (step == nullptr) return;
  const bool is_last = next == nullptr || next->at != entry.at || transition_of(*next) != id;
  drop_clocks(entry.data);
  if (is_last) put_clocks(entry.data, *step);
  if (step->set_priority) entry.data["priority"] = *step->set_priority;
  if (step->department) entry.data["department"] = *step->department;
}

/// The history without what settings made of it: breaches and steps are computed anew, and states mean what
/// the candidate says.
std::vector<HistoryEntry> what_people_did(const TicketStory& story, const settings::Settings& under) {
  auto history = story.history;
  std::erase_if(history, [](const HistoryEntry& entry) {
    return entry.type == "breached" || entry.type == "escalated";
  });
  const auto& flow = workflow_of(story.ticket, under);
  for (std::size_t i = 0; i < history.size(); ++i) {
    auto& entry = history[i];
    if (entry.type == "created") entry.data.erase("opened");
    take_step_as_in(flow, entry, i + 1 < history.size() ? &history[i + 1] : nullptr);
    if (entry.type != "state_changed" || !entry.data.contains("to") || !entry.data["to"].is_string())
      continue;
    if (under.find_state(entry.data["to"].get_ref<const std::string&>()) == nullptr) continue;
    entry.data.erase("to_type");
    entry.data.erase("pauses_clock");
  }
  return history;
}

/// What is known about a ticket's purchase after an event, `before` having been known so far.
std::string verification_after(const HistoryEntry& entry, const std::string& before) {
  const auto word = [](domain::Verification verification) {
    return std::string(domain::to_text(verification));
  };
  const auto found = entry.data.find("verification");
  if (entry.type == "checked" && found != entry.data.end() && found->is_string())
    return found->get<std::string>();
  if (entry.type == "verified") return word(domain::Verification::verified);
  if (entry.type == "rejected") return word(domain::Verification::rejected);
  const bool gives_another_chance =
      entry.type == "reopened" && before == domain::to_text(domain::Verification::rejected);
  return gives_another_chance ? word(domain::Verification::unverified) : before;
}

/// What taking a step leaves in a ticket's history.
HistoryEntry entry_of(const WalkedStep& step) {
  HistoryEntry entry{"escalated", false, false, step.at, step_json(step.due.key)};
  if (step.due.step->set_priority) entry.data["priority"] = *step.due.step->set_priority;
  if (step.due.step->assign) entry.data["department"] = step.due.step->assign->department;
  return entry;
}

class TicketReplay {
 public:
  TicketReplay(const TicketStory& story, const Candidate& candidate)
      : ticket_(story.ticket), candidate_(candidate), history_(what_people_did(story, candidate.settings)) {}

  Replayed run(Instant now) {
    note_lacking();
    route();
    if (history_.empty()) return std::move(replayed_);
    const auto walked = workflow::walk_ladders(
        {candidate_.tat, candidate_.escalation, [this](const auto& steps) { return timeline_with(steps); },
         [this](Instant taken_at) { return first_act_after(taken_at); },
         [this](const auto& statuses) { note_deadlines(statuses); }},
        history_.front().at, end(now));
    for (const auto& status : walked.statuses) note_breach(status);
    for (const auto& step : walked.steps)
      replayed_.steps.push_back({step.due.key, step.at, step.due.tell_at, step.due.step});
    return std::move(replayed_);
  }

 private:
  /// Each time that it was routed, for an amendment may have led to another way: as it was known then.
  void route() {
    std::string verification(domain::to_text(domain::Verification::unverified));
    for (auto entry = history_.begin(); entry != history_.end(); ++entry) {
      verification = verification_after(*entry, verification);
      if (entry->type == "routed") route_at(entry, verification);
    }
  }

  void route_at(std::vector<HistoryEntry>::iterator routed, const std::string& verification) {
    const auto known =
        workflow::facts_at(timeline_of({history_.begin(), routed}, ticket_, candidate_.settings));
    const auto facts = routing_facts(known.ticket, ticket_.channel, verification);
    const auto way = workflow::route(candidate_.settings, facts);
    routed->data["department"] = way.department;
    routed->data["priority"] = way.priority;
    replayed_.department = way.department;
    replayed_.priority = way.priority;
  }

  Timeline timeline_with(const std::vector<WalkedStep>& steps) const {
    auto history = history_;
    for (const auto& step : steps) {
      // After everything of its moment: that is when it was found to be due.
      const auto later = std::find_if(history.begin(), history.end(),
                                      [&](const HistoryEntry& entry) { return entry.at > step.at; });
      history.insert(later, entry_of(step));
    }
    return timeline_of(history, ticket_, candidate_.settings);
  }

  std::optional<Instant> first_act_after(Instant taken_at) const {
    for (const auto& entry : history_) {
      if (entry.by_staff && entry.at >= taken_at) return entry.at;
    }
    return std::nullopt;
  }

  /// Nobody looks at a ticket that was withdrawn any more.
  Instant end(Instant now) const {
    if (!ticket_.withdrawn) return now;
    for (const auto& entry : history_) {
      if (entry.type == "withdrawn") return std::min(entry.at, now);
    }
    return now;
  }

  void note_deadlines(const std::vector<workflow::TatStatus>& statuses) {
    note_deadline(statuses, TatClock::first_response, replayed_.first_response_by);
    note_deadline(statuses, TatClock::resolution, replayed_.answer_by);
  }

  static void note_deadline(const std::vector<workflow::TatStatus>& statuses, TatClock clock,
                            std::optional<Instant>& deadline) {
    const bool runs = std::any_of(statuses.begin(), statuses.end(), [&](const auto& status) {
      return status.clock == clock && status.role.empty() && status.runs();
    });
    if (runs) deadline = workflow::earliest_deadline(statuses, clock);
  }

  void note_breach(const workflow::TatStatus& status) {
    auto& breached_at = status.clock == TatClock::resolution ? replayed_.resolution_breached_at
                                                             : replayed_.first_response_breached_at;
    breached_at = workflow::earliest(breached_at, status.breached_at);
  }

  void note_lacking() {
    const auto& known = candidate_.settings;
    const auto& form = known.form;
    note(known.find_store(ticket_.reported_store.value_or("")), "store", ticket_.reported_store);
    note(known.find_state(ticket_.state), "state", ticket_.state);
    note_unknown(form.categories, "category", ticket_.category);
    note_unknown(form.priorities, "priority", ticket_.requested_priority);
    note_unknown(form.departments, "department", ticket_.requested_department);
    for (const auto& entry : history_) {
      if (entry.type == "assigned" && entry.data.contains("department"))
        note_unknown(form.departments, "department", entry.data.value("department", ""));
    }
    for (const auto& field : ticket_.custom.items())
      note(form.find_field(field.key()), "custom." + field.key(), field.key());
    replayed_.lacking.assign(lacking_.begin(), lacking_.end());
  }

  template <class List>
  void note_unknown(const List& list, const char* field, const std::optional<std::string>& id) {
    note(settings::find_by_id(list, id.value_or("")), field, id);
  }

  void note(const void* known, const std::string& field, const std::optional<std::string>& id) {
    if (known == nullptr && id && !id->empty()) lacking_.insert({field, *id});
  }

  const TicketRecord& ticket_;
  const Candidate& candidate_;
  std::vector<HistoryEntry> history_;
  Replayed replayed_;
  std::set<Lacking> lacking_;
};

}  // namespace

Replayed replay(const TicketStory& story, const Candidate& candidate, Instant now) {
  return TicketReplay(story, candidate).run(now);
}

}  // namespace ccms::server
