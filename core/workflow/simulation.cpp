#include "core/workflow/simulation.h"

#include "core/workflow/escalation.h"
#include "core/workflow/ladder_walk.h"
#include "core/workflow/tat_rules.h"
#include "core/workflow/workflow.h"

namespace ccms::workflow {
namespace {

using domain::Instant;

constexpr std::chrono::days kLookAhead{730};

/// A ticket that nothing happens to but its ladders.
class LonelyTicket {
 public:
  LonelyTicket(const settings::Settings& settings, const TatFacts& facts, Instant at)
      : rules_(tat_rules(settings)), facts_(facts), begun_at_(at) {
    const auto& workflow = settings.workflow_of_new(facts.ticket.kind, facts.ticket.category);
    const auto* initial = settings.find_state(workflow.initial);
    beginning_.push_back({at, Opened{facts, initial->type, initial->pauses_clock}});
    beginning_.push_back({at, RoleEntered{holding_role(settings, workflow.id)}});
  }

  void live(Simulated& result) const {
    note_due(result);
    const auto timeline_with = [this](const std::vector<WalkedStep>& steps) { return timeline(steps); };
    const auto walked =
        walk_ladders({rules_, result.escalation, timeline_with}, begun_at_, begun_at_ + kLookAhead);
    for (const auto& [due, at] : walked.steps)
      result.steps.push_back(
          {at, due.tell_at, due.key.tat, due.key.role, due.key.ladder, due.key.step, due.step});
    result.endless = walked.endless;
  }

 private:
  void note_due(Simulated& result) const {
    for (const auto& status : evaluate([this](std::int64_t) { return &rules_; }, beginning_, begun_at_)) {
      if (!status.tat.empty() && status.in_force)
        result.due.push_back({status.tat, status.clock, status.aim, status.deadline});
    }
  }

  Timeline timeline(const std::vector<WalkedStep>& steps) const {
    Timeline timeline = beginning_;
    TatFacts facts = facts_;
    for (const auto& [due, at] : steps) {
      const TatFacts before = facts;
      if (due.step->set_priority) facts.priority = *due.step->set_priority;
      if (due.step->assign) facts.department = due.step->assign->department;
      if (facts != before) timeline.push_back({at, FactsChanged{facts}});
    }
    return timeline;
  }

  const TatRules rules_;
  const TatFacts facts_;
  const Instant begun_at_;
  Timeline beginning_;
};

}  // namespace

Simulated simulate(const settings::Settings& settings, const domain::TicketFacts& facts, Instant at) {
  Simulated result;
  result.route = route(settings, facts);
  result.place = settings.place_of(facts.store.str());
  result.escalation = escalation_of(settings);
  LonelyTicket(settings, {facts, result.route.priority, result.route.department, result.place.region, 0}, at)
      .live(result);
  return result;
}

}  // namespace ccms::workflow
