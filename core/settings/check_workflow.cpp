#include <algorithm>
#include <set>

#include "core/settings/checks.h"

namespace ccms::settings {
namespace {

constexpr const char* kStates = "/workflow/states";
constexpr const char* kTransitions = "/workflow/transitions";

bool needs(const Transition& transition, Requirement requirement) {
  return std::find(transition.needs.begin(), transition.needs.end(), requirement) != transition.needs.end();
}

bool moves_from(const Transition& transition, const std::string& state) {
  return std::find(transition.from.begin(), transition.from.end(), state) != transition.from.end();
}

/// One transition: that its ends exist and that its action means what CCMS takes it to mean.
class TransitionCheck {
 public:
  TransitionCheck(const Workflow& workflow, Problems& problems) : workflow_(workflow), problems_(problems) {}

  void check(const Transition& transition, const std::string& path) const {
    check_references(workflow_.states, transition.from, join(path, "from"), "state", problems_);
    const State* target = nullptr;
    if (transition.to) {
      target = check_reference(workflow_.states, *transition.to, join(path, "to"), "state", problems_);
    }
    check_target(transition, target, path);
    check_origins(transition, path);
  }

 private:
  void check_target(const Transition& transition, const State* target, const std::string& path) const {
    const Action action = transition.action;
    if (!transition.to) {
      if (action != Action::verify && action != Action::assign && action != Action::hand_over) {
        problems_.add(join(path, "to"), "missing_field",
                      "only verify, assign and hand_over may leave the state");
      }
      return;
    }
    if (target == nullptr) return;
    expect_target(action == Action::close, target->type == StateType::closed, path,
                  "close leads to a state of type closed, and nothing else does");
    expect_target(action == Action::reject, target->type == StateType::invalid, path,
                  "reject leads to a state of type invalid, and nothing else does");
    expect_target(action == Action::ready, target->ready_to_collect, path,
                  "ready leads to a state that is ready to collect, and nothing else does");
    if (target->type == StateType::closed) {
      expect_requirement(transition, Requirement::resolution_code, path);
      expect_requirement(transition, Requirement::note, path);
    }
    if (target->type == StateType::invalid)
      expect_requirement(transition, Requirement::rejection_reason, path);
  }

  void expect_target(bool action_says, bool target_says, const std::string& path, const char* rule) const {
    if (action_says != target_says) problems_.add(join(path, "to"), "wrong_target", rule);
  }

  void expect_requirement(const Transition& transition, Requirement requirement,
                          const std::string& path) const {
    if (needs(transition, requirement)) return;
    problems_.add(join(path, "requires"), "missing_requirement",
                  "finishing a ticket here must require " + std::string(domain::to_text(requirement)));
  }

  void check_origins(const Transition& transition, const std::string& path) const {
    for (std::size_t i = 0; i < transition.from.size(); ++i) {
      const State* state = workflow_.find_state(transition.from[i]);
      if (state == nullptr) continue;
      if (is_terminal(state->type) != (transition.action == Action::reopen)) {
        problems_.add(join(join(path, "from"), i), "wrong_origin",
                      "reopen starts from finished states, and nothing else does");
      }
    }
  }

  const Workflow& workflow_;
  Problems& problems_;
};

/// An action must mean one thing in each state.
void check_ambiguity(const Workflow& workflow, Problems& problems) {
  std::set<std::pair<Action, std::string>> seen;
  for (std::size_t t = 0; t < workflow.transitions.size(); ++t) {
    const Transition& transition = workflow.transitions[t];
    for (std::size_t f = 0; f < transition.from.size(); ++f) {
      if (seen.emplace(transition.action, transition.from[f]).second) continue;
      problems.add(join(join(join(kTransitions, t), "from"), f), "ambiguous_transition",
                   "another transition has the same action from this state");
    }
  }
}

/// The states that can be reached from `start`, itself included.
std::set<std::string> reachable_from(const Workflow& workflow, const std::string& start) {
  std::set<std::string> reached{start};
  std::vector<std::string> open{start};
  while (!open.empty()) {
    const std::string state = open.back();
    open.pop_back();
    for (const Transition& transition : workflow.transitions) {
      if (!transition.to || !moves_from(transition, state)) continue;
      if (reached.insert(*transition.to).second) open.push_back(*transition.to);
    }
  }
  return reached;
}

bool can_finish(const Workflow& workflow, const std::string& from) {
  for (const std::string& id : reachable_from(workflow, from)) {
    const State* state = workflow.find_state(id);
    if (state != nullptr && is_terminal(state->type)) return true;
  }
  return false;
}

void check_paths(const Workflow& workflow, Problems& problems) {
  const std::set<std::string> reached = reachable_from(workflow, workflow.initial);
  for (std::size_t i = 0; i < workflow.states.size(); ++i) {
    const State& state = workflow.states[i];
    const std::string path = join(join(kStates, i), "id");
    if (!reached.contains(state.id)) {
      problems.add(path, "unreachable_state", "no transitions lead here from the initial state");
    } else if (!can_finish(workflow, state.id)) {
      problems.add(path, "dead_end", "from here a ticket can never be closed");
    }
  }
}

}  // namespace

void check_workflow(const Workflow& workflow, Problems& problems) {
  check_unique_ids(workflow.states, kStates, problems);
  check_unique_ids(workflow.transitions, kTransitions, problems);
  const State* initial =
      check_reference(workflow.states, workflow.initial, "/workflow/initial", "state", problems);
  if (initial != nullptr && is_terminal(initial->type)) {
    problems.add("/workflow/initial", "bad_value", "a new ticket cannot be finished already");
  }
  const auto is_closed = [](const State& state) { return state.type == StateType::closed; };
  if (std::none_of(workflow.states.begin(), workflow.states.end(), is_closed)) {
    problems.add(kStates, "no_closed_state", "there must be a state of type closed");
  }
  const TransitionCheck check(workflow, problems);
  for (std::size_t i = 0; i < workflow.transitions.size(); ++i) {
    check.check(workflow.transitions[i], join(kTransitions, i));
  }
  check_ambiguity(workflow, problems);
  const auto verifies = [](const Transition& t) { return t.action == Action::verify; };
  if (workflow.verification == VerificationFlow::before_allocation &&
      std::none_of(workflow.transitions.begin(), workflow.transitions.end(), verifies)) {
    problems.add("/workflow/verification", "contradiction",
                 "nothing can be verified without a verify transition");
  }
  if (initial != nullptr) check_paths(workflow, problems);
}

}  // namespace ccms::settings
