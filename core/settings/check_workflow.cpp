#include <algorithm>
#include <set>

#include "core/settings/checks.h"

namespace ccms::settings {
namespace {

constexpr const char* kStates = "/states";
constexpr const char* kWorkflows = "/workflows";

bool finishes(Action action) { return action == Action::close || action == Action::confirm; }

/// One transition: that its ends exist and that its action means what CCMS takes it to mean.
class TransitionCheck {
 public:
  TransitionCheck(const Settings& settings, Problems& problems) : settings_(settings), problems_(problems) {}

  void check(const Transition& transition, const std::string& path) const {
    check_references(settings_.states, transition.from, join(path, "from"), "state", problems_);
    const State* target = nullptr;
    if (transition.to) {
      target = check_reference(settings_.states, *transition.to, join(path, "to"), "state", problems_);
    }
    check_target(transition, target, path);
    check_origins(transition, path);
    check_people(transition, path);
    check_effects(transition, path);
    check_defaults(transition, path);
    check_id(transition, path);
  }

 private:
  void check_target(const Transition& transition, const State* target, const std::string& path) const {
    const Action action = transition.action;
    if (!transition.to) {
      static constexpr std::initializer_list<Action> kMayStay = {
          Action::verify, Action::assign, Action::accept, Action::decline, Action::hand_over};
      if (std::find(kMayStay.begin(), kMayStay.end(), action) == kMayStay.end()) {
        problems_.add(join(path, "to"), "missing_field",
                      "only verify, assign, accept, decline and hand_over may leave the state");
      }
      return;
    }
    if (target == nullptr) return;
    expect_target(finishes(action), target->type == StateType::closed, path,
                  "close and confirm lead to a state of type closed, and nothing else does");
    expect_target(action == Action::reject, target->type == StateType::invalid, path,
                  "reject leads to a state of type invalid, and nothing else does");
    expect_target(action == Action::ready, target->ready_to_collect, path,
                  "ready leads to a state that is ready to collect, and nothing else does");
    expect_target(action == Action::resolve, target->type == StateType::resolved, path,
                  "resolve leads to a state of type resolved, and nothing else does");
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
    if (transition.asks_for(requirement)) return;
    problems_.add(join(path, "requires"), "missing_requirement",
                  "finishing a ticket here must require " + std::string(domain::to_text(requirement)));
  }

  void check_origins(const Transition& transition, const std::string& path) const {
    for (std::size_t i = 0; i < transition.from.size(); ++i) {
      const State* state = settings_.find_state(transition.from[i]);
      if (state == nullptr) continue;
      if (is_terminal(state->type) != (transition.action == Action::reopen)) {
        problems_.add(join(join(path, "from"), i), "wrong_origin",
                      "reopen starts from finished states, and nothing else does");
      }
    }
  }

  void check_people(const Transition& transition, const std::string& path) const {
    check_role_references(settings_, transition.who, join(path, "who"), {kAssignee, kCustomer}, problems_);
    if (transition.who.empty() && !transition.after) {
      problems_.add(join(path, "who"), "missing_field", "nobody may take it, and it is not taken by itself");
    }
  }

  void check_effects(const Transition& transition, const std::string& path) const {
    if (transition.set_priority) {
      check_current_reference(settings_.form.priorities, *transition.set_priority, join(path, "set_priority"),
                              "priority", problems_);
    }
    if (transition.department) {
      check_current_reference(settings_.form.departments, *transition.department, join(path, "department"),
                              "department", problems_);
    }
    if (transition.remedy_at_most && !transition.asks_for(Requirement::remedy))
      problems_.add(join(path, "remedy_at_most"), "contradiction", "it does not require a remedy");
    for (std::size_t i = 0; i < transition.starts_clocks.size(); ++i) {
      const auto& stopped = transition.stops_clocks;
      if (std::find(stopped.begin(), stopped.end(), transition.starts_clocks[i]) != stopped.end())
        problems_.add(join(join(path, "starts_clocks"), i), "contradiction", "it stops this clock as well");
    }
    if (transition.after && (!transition.to || transition.starts_in(*transition.to))) {
      problems_.add(join(path, "after"), "contradiction",
                    "what happens by itself must lead to another state, or it happens for ever");
    }
    if (transition.after && transition.action == Action::assign && !transition.department) {
      problems_.add(join(path, "department"), "missing_field",
                    "what assigns by itself must say to which department");
    }
  }

  void check_defaults(const Transition& transition, const std::string& path) const {
    const TransitionDefaults& defaults = transition.defaults;
    const std::string at = join(path, "defaults");
    if (!defaults.resolution_code.empty()) {
      check_current_reference(settings_.resolution_codes, defaults.resolution_code,
                              join(at, "resolution_code"), "resolution code", problems_);
    }
    if (!defaults.rejection_reason.empty()) {
      check_current_reference(settings_.rejection_reasons, defaults.rejection_reason,
                              join(at, "rejection_reason"), "rejection reason", problems_);
    }
    const bool by_customer = transition.is_for(kCustomer);
    if (!transition.after && !by_customer) return;
    const auto expect = [&](Requirement requirement, const std::string& value, const char* name) {
      if (!transition.asks_for(requirement) || !value.empty()) return;
      problems_.add(join(at, name), "missing_field", "neither the clock nor a customer can give this");
    };
    expect(Requirement::resolution_code, defaults.resolution_code, "resolution_code");
    expect(Requirement::rejection_reason, defaults.rejection_reason, "rejection_reason");
    if (transition.after) expect(Requirement::note, defaults.note, "note");
    expect(Requirement::assignee, "", "assignee");
    expect(Requirement::remedy, "", "remedy");
    expect(Requirement::attachment, "", "attachment");
  }

  /// A request names either: that must not be two things.
  void check_id(const Transition& transition, const std::string& path) const {
    const auto other = domain::from_text<Action>(transition.id);
    if (other && *other != transition.action)
      problems_.add(join(path, "id"), "contradiction", "this is the name of another action");
  }

  const Settings& settings_;
  Problems& problems_;
};

/// The states that can be reached from `start`, itself included.
std::set<std::string> reachable_from(const Workflow& workflow, const std::string& start) {
  std::set<std::string> reached{start};
  std::vector<std::string> open{start};
  while (!open.empty()) {
    const std::string state = open.back();
    open.pop_back();
    for (const Transition& transition : workflow.transitions) {
      if (!transition.to || !transition.starts_in(state)) continue;
      if (reached.insert(*transition.to).second) open.push_back(*transition.to);
    }
  }
  return reached;
}

/// One workflow: its states, its transitions together, its people.
class WorkflowCheck {
 public:
  WorkflowCheck(const Settings& settings, const Workflow& workflow, std::string path, Problems& problems)
      : settings_(settings), workflow_(workflow), path_(std::move(path)), problems_(problems) {}

  /// Returns the states that its tickets can come to; nothing when it has no beginning.
  void check() const {
    const State* initial =
        check_reference(settings_.states, workflow_.initial, join(path_, "initial"), "state", problems_);
    check_unique_ids(workflow_.transitions, join(path_, "transitions"), problems_);
    const TransitionCheck transitions(settings_, problems_);
    for (std::size_t i = 0; i < workflow_.transitions.size(); ++i)
      transitions.check(workflow_.transitions[i], join(join(path_, "transitions"), i));
    check_ambiguity();
    check_clocks();
    check_verification();
    check_people();
    if (initial == nullptr) return;
    if (is_terminal(initial->type))
      problems_.add(join(path_, "initial"), "bad_value", "a new ticket cannot be finished already");
    check_ends(reachable_from(workflow_, workflow_.initial));
  }

 private:
  /// An action must mean one thing in each state; what only moves is told apart by its id.
  void check_ambiguity() const {
    std::set<std::pair<Action, std::string>> seen;
    for (std::size_t t = 0; t < workflow_.transitions.size(); ++t) {
      const Transition& transition = workflow_.transitions[t];
      if (transition.action == Action::move || transition.who.empty()) continue;
      for (std::size_t f = 0; f < transition.from.size(); ++f) {
        if (seen.emplace(transition.action, transition.from[f]).second) continue;
        problems_.add(join(join(join(join(path_, "transitions"), t), "from"), f), "ambiguous_transition",
                      "another transition has the same action from this state");
      }
    }
  }

  void check_clocks() const {
    std::set<std::string> seen;
    for (std::size_t t = 0; t < workflow_.transitions.size(); ++t) {
      const Transition& transition = workflow_.transitions[t];
      if (!transition.after) continue;
      for (const std::string& state : transition.from) {
        if (seen.insert(state).second) continue;
        problems_.add(join(join(join(path_, "transitions"), t), "after"), "ambiguous_transition",
                      "another transition happens by itself from state " + state);
      }
    }
  }

  void check_verification() const {
    const auto verifies = [](const Transition& t) { return t.action == Action::verify; };
    if (workflow_.verification == VerificationFlow::before_allocation &&
        std::none_of(workflow_.transitions.begin(), workflow_.transitions.end(), verifies)) {
      problems_.add(join(path_, "verification"), "contradiction",
                    "nothing can be verified without a verify transition");
    }
  }

  void check_people() const {
    check_role_references(settings_, workflow_.creators, join(path_, "creators"), {}, problems_);
    check_role_references(settings_, workflow_.resolvers, join(path_, "resolvers"), {}, problems_);
    check_role_references(settings_, workflow_.escalators, join(path_, "escalators"), {}, problems_);
    if (!workflow_.supervisor.empty())
      check_reference(settings_.roles, workflow_.supervisor, join(path_, "supervisor"), "role", problems_);
  }

  void check_ends(const std::set<std::string>& reached) const {
    bool closes = false;
    for (const std::string& id : reached) {
      const State* state = settings_.find_state(id);
      if (state != nullptr && state->type == StateType::closed) closes = true;
      if (!can_finish(id))
        problems_.add(path_, "dead_end", "from state " + id + " a ticket can never be finished");
    }
    if (!closes) problems_.add(path_, "no_closed_state", "a ticket must be able to come to a closed state");
  }

  bool can_finish(const std::string& from) const {
    const auto ends = reachable_from(workflow_, from);
    return std::any_of(ends.begin(), ends.end(), [&](const std::string& id) {
      const State* state = settings_.find_state(id);
      return state == nullptr || is_terminal(state->type);  // an unknown one is reported where it is named
    });
  }

  const Settings& settings_;
  const Workflow& workflow_;
  const std::string path_;
  Problems& problems_;
};

void check_choice(const Settings& settings, std::size_t index, Problems& problems) {
  const WorkflowChoice& when = settings.workflows[index].when;
  const std::string path = join(join(kWorkflows, index), "when");
  check_references(settings.form.categories, when.categories, join(path, "categories"), "category", problems);
  const bool is_last = index + 1 == settings.workflows.size();
  const bool is_for_all = when.kinds.empty() && when.categories.empty();
  if (is_last && !is_for_all)
    problems.add(path, "no_workflow_for_all", "the last workflow takes what no other is for");
  if (!is_last && is_for_all)
    problems.add(path, "never_reached", "this workflow takes every ticket: those after it get none");
}

}  // namespace

void check_workflows(const Settings& settings, Problems& problems) {
  check_unique_ids(settings.states, kStates, problems);
  check_unique_ids(settings.workflows, kWorkflows, problems);
  // A state that no step leads to is one that a former process had: its tickets are still read by it.
  for (std::size_t i = 0; i < settings.workflows.size(); ++i) {
    check_choice(settings, i, problems);
    WorkflowCheck(settings, settings.workflows[i], join(kWorkflows, i), problems).check();
  }
}

void bind_fields(Settings& settings, Problems& problems) {
  for (std::size_t i = 0; i < settings.form.fields.size(); ++i) {
    Field& field = settings.form.fields[i];
    if (field.workflow.empty()) continue;
    const std::string path = join(join("/fields", i), "workflow");
    const Workflow* workflow =
        check_reference(settings.workflows, field.workflow, path, "workflow", problems);
    if (workflow == nullptr) continue;
    const WorkflowChoice& when = workflow->when;
    if (field.visible_when || when.kinds.empty() == when.categories.empty()) {
      problems.add(path, "contradiction",
                   "a field of one workflow is shown by that workflow's kinds or categories alone");
      continue;
    }
    field.visible_when = VisibleWhen{when.kinds.empty() ? "category" : "kind", when.categories};
    for (const domain::TicketKind kind : when.kinds)
      field.visible_when->in.emplace_back(domain::to_text(kind));
  }
}

}  // namespace ccms::settings
