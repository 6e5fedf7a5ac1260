#include "core/workflow/simulation.h"

#include "core/workflow/workflow.h"

#include "core/workflow/escalation.h"
#include "core/workflow/tat_rules.h"

namespace ccms::workflow {
namespace {

using domain::Instant;

constexpr std::size_t kMostSteps = 200;
constexpr std::chrono::days kLookAhead{730};

/// Lets time pass for one ticket, from one moment at which something is due to the next.
class LonelyTicket {
 public:
  LonelyTicket(const settings::Settings& settings, const TatFacts& facts, Instant at, Simulated& result)
      : rules_(tat_rules(settings)), facts_(facts), begun_at_(at), now_(at), result_(result) {
    const auto& category = facts.ticket.category;
    const auto& workflow = settings.workflow_of_new(facts.ticket.kind, category ? category->str() : "");
    const auto* initial = settings.find_state(workflow.initial);
    timeline_.push_back({at, Opened{facts, initial->type, initial->pauses_clock}});
    timeline_.push_back({at, RoleEntered{holding_role(settings, workflow.id)}});
  }

  void live() {
    note_due();
    while (result_.steps.size() < kMostSteps) {
      const auto statuses = evaluate_now();
      const auto plan =
          workflow::plan({result_.escalation, statuses, fired_, {}, facts_, rules_.holds}, now_);
      if (!plan.due.empty()) {
        take(plan.due.front());  // one alone: what it changes decides whether the next is due still
        continue;
      }
      const auto next = earliest(next_due(statuses, now_), plan.next);
      if (!next || *next > begun_at_ + kLookAhead) return;
      now_ = *next;
    }
    result_.endless = true;
  }

 private:
  std::vector<TatStatus> evaluate_now() const {
    return evaluate([this](std::int64_t) { return &rules_; }, timeline_, now_);
  }

  void note_due() {
    for (const auto& status : evaluate_now()) {
      if (!status.tat.empty() && status.in_force)
        result_.due.push_back({status.tat, status.clock, status.aim, status.deadline});
    }
  }

  void take(const DueStep& due) {
    result_.steps.push_back(
        {now_, due.tell_at, due.key.tat, due.key.role, due.key.ladder, due.key.step, due.step});
    fired_.push_back({due.key, now_, std::nullopt});
    const auto before = facts_;
    if (due.step->set_priority) facts_.priority = *due.step->set_priority;
    if (due.step->assign) facts_.department = due.step->assign->department;
    if (facts_ != before) timeline_.push_back({now_, FactsChanged{facts_}});
  }

  const TatRules rules_;
  TatFacts facts_;
  const Instant begun_at_;
  Instant now_;
  Simulated& result_;
  Timeline timeline_;
  std::vector<FiredStep> fired_;
};

}  // namespace

Simulated simulate(const settings::Settings& settings, const domain::TicketFacts& facts, Instant at) {
  Simulated result;
  result.route = route(settings, facts);
  result.place = settings.place_of(facts.store.str());
  result.escalation = escalation_of(settings);
  LonelyTicket(settings, {facts, result.route.priority, result.route.department, result.place.region, 0}, at,
               result)
      .live();
  return result;
}

}  // namespace ccms::workflow
