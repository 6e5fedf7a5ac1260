#include "core/workflow/simulation.h"

#include <algorithm>

#include "core/workflow/escalation.h"
#include "core/workflow/ladder_walk.h"
#include "core/workflow/span_end.h"
#include "core/workflow/tat_rules.h"

namespace ccms::workflow {
namespace {

using domain::Instant;

constexpr std::chrono::days kLookAhead{730};
constexpr std::size_t kMostMoves = 50;

/// A ticket that nothing happens to but its ladders and the timed steps of its workflow.
class LonelyTicket {
 public:
  LonelyTicket(const settings::Settings& settings, const TatFacts& facts, Instant at)
      : settings_(settings),
        flow_(settings.workflow_of_new(facts.ticket.kind, facts.ticket.category)),
        rules_(tat_rules(settings)),
        facts_(facts),
        begun_at_(at) {
    state_.workflow = flow_.id;
    state_.state = flow_.initial;
    state_.verification = facts.ticket.verification.value_or(Verification::verified);
    if (waits_for_verification()) {
      facts_.priority.clear();
      facts_.department.clear();
    }
    state_.department = facts_.department;
  }

  void live(Simulated& result) {
    result.waits_for_verification = waits_for_verification();
    begin();
    move_by_itself();
    const auto walked = climb(result.escalation);
    for (const auto& [due, at] : walked.steps)
      result.steps.push_back(
          {at, due.tell_at, due.key.tat, due.key.role, due.key.ladder, due.key.step, due.step});
    note_due(result);
    result.endless = walked.endless || moves_.size() == kMostMoves;
    result.moves = std::move(moves_);
  }

 private:
  /// A move, or a step of a ladder.
  struct Happened {
    Instant at;
    const SimulatedMove* move = nullptr;
    std::optional<std::string> priority, department;
  };

  bool waits_for_verification() const {
    return flow_.verification == settings::VerificationFlow::before_allocation &&
           state_.verification != Verification::verified;
  }

  void begin() {
    const auto* initial = settings_.find_state(flow_.initial);
    beginning_.push_back({begun_at_, Opened{facts_, initial->type, initial->pauses_clock}});
    if (!facts_.department.empty()) beginning_.push_back({begun_at_, RoleEntered{role_}});
  }

  /// Ladders change nothing that decides about these.
  void move_by_itself() {
    const auto calendar = rules_.calendars.find(facts_.region);
    const auto* open_hours = calendar == rules_.calendars.end() ? nullptr : &calendar->second;
    Instant since = begun_at_;
    while (moves_.size() < kMostMoves) {
      const auto* step = timed_transition(settings_, state_);
      const auto at = step == nullptr ? std::nullopt : span_end(*step->after, open_hours, since);
      if (!at || *at > begun_at_ + kLookAhead) return;
      ActionRequest request;
      request.action = step->id;
      move(*at, *decide(settings_, state_, request, {std::string(kAnybody)}));
      since = *at;
    }
  }

  void move(Instant at, Decision what) {
    const bool waited = waits_for_verification();
    state_.state = what.to_state;
    state_.verification = what.verification.value_or(state_.verification);
    state_.department = what.department.value_or(state_.department);
    const bool allocates = waited && !waits_for_verification() && state_.department.empty();
    if (allocates) allocate(at, what);
    moves_.push_back({at, std::move(what), allocates});
  }

  /// Verified by a step of the workflow, it goes where the routing says.
  void allocate(Instant at, Decision& what) {
    auto facts = facts_.ticket;
    facts.verification = Verification::verified;
    const auto way = route(settings_, facts);
    what.priority = way.priority;
    what.department = way.department;
    state_.department = way.department;
    allocated_at_ = at;
    routed_ = facts_;
    routed_.priority = way.priority;
    routed_.department = way.department;
  }

  Walked climb(const settings::Escalation& escalation) {
    LadderWalk walk{rules_, escalation,
                    [this](const std::vector<WalkedStep>& steps) { return timeline(steps); }};
    auto from = begun_at_;
    if (allocated_at_) {
      walk.taken = walk_ladders(walk, from, *allocated_at_ - std::chrono::milliseconds(1)).steps;
      know_from_the_beginning();
      from = *allocated_at_;
    }
    return walk_ladders(walk, from, begun_at_ + kLookAhead);
  }

  /// What the routing says becomes known of the ticket as it was opened.
  void know_from_the_beginning() {
    facts_ = routed_;
    std::get<Opened>(beginning_.front().change).facts = routed_;
  }

  void note_due(Simulated& result) const {
    for (const auto& status : evaluate([this](std::int64_t) { return &rules_; }, beginning_, begun_at_)) {
      if (!status.tat.empty() && status.in_force)
        result.due.push_back({status.tat, status.clock, status.aim, status.deadline});
    }
  }

  /// By moment; ladders are climbed after everything else of theirs.
  std::vector<Happened> all_with(const std::vector<WalkedStep>& steps) const {
    std::vector<Happened> all;
    for (const auto& move : moves_) all.push_back({move.at, &move, move.what.priority, move.what.department});
    for (const auto& [due, at] : steps) {
      Happened climbed{at, nullptr, due.step->set_priority, std::nullopt};
      if (due.step->assign) climbed.department = due.step->assign->department;
      all.push_back(std::move(climbed));
    }
    std::stable_sort(all.begin(), all.end(),
                     [](const Happened& a, const Happened& b) { return a.at < b.at; });
    return all;
  }

  Timeline timeline(const std::vector<WalkedStep>& steps) const {
    Timeline timeline = beginning_;
    TatFacts facts = facts_;
    for (const auto& happened : all_with(steps)) {
      const TatFacts before = facts;
      facts.priority = happened.priority.value_or(facts.priority);
      facts.department = happened.department.value_or(facts.department);
      if (facts != before) timeline.push_back({happened.at, FactsChanged{facts}});
      // It was nobody's before, whatever is known of it from the beginning.
      const bool is_given = happened.move != nullptr && happened.move->allocates;
      if (is_given || facts.department != before.department) {
        if (!is_given && !before.department.empty()) timeline.push_back({happened.at, RoleLeft{role_}});
        timeline.push_back({happened.at, RoleEntered{role_}});
      }
      if (happened.move != nullptr) turn(timeline, happened.at, happened.move->what);
    }
    return timeline;
  }

  void turn(Timeline& timeline, Instant at, const Decision& move) const {
    const auto* state = settings_.find_state(move.to_state);
    timeline.push_back({at, StateEntered{state->type, state->pauses_clock, false}});
    for (const auto clock : move.transition->stops_clocks) timeline.push_back({at, ClockStopped{clock}});
    for (const auto clock : move.transition->starts_clocks) timeline.push_back({at, ClockRestarted{clock}});
  }

  const settings::Settings& settings_;
  const settings::Workflow& flow_;
  const std::string role_ = holding_role(settings_, flow_.id);
  const TatRules rules_;
  TatFacts facts_;
  const Instant begun_at_;
  TicketState state_;
  std::optional<Instant> allocated_at_;  ///< when a step of the workflow had it verified
  TatFacts routed_;                      ///< what is known of it from then on
  Timeline beginning_;
  std::vector<SimulatedMove> moves_;
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
