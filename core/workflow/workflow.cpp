#include "core/workflow/workflow.h"

#include <algorithm>

#include "core/domain/text.h"

namespace ccms::workflow {
namespace {

using domain::Error;
using settings::Action;
using settings::Requirement;
using settings::State;
using settings::Transition;

template <class T>
bool contains(const std::vector<T>& list, const T& value) {
  return std::find(list.begin(), list.end(), value) != list.end();
}

bool may_take(const Transition& transition, const std::vector<settings::Role>& roles) {
  return std::any_of(roles.begin(), roles.end(),
                     [&](settings::Role role) { return contains(transition.who, role); });
}

bool awaits_verification(const settings::Workflow& workflow, const TicketState& ticket, Action action) {
  return workflow.verification == settings::VerificationFlow::before_allocation &&
         ticket.verification != Verification::verified &&
         (action == Action::assign || action == Action::start);
}

const Transition* find_transition(const settings::Workflow& workflow, Action action,
                                  const std::string& state) {
  for (const Transition& transition : workflow.transitions) {
    if (transition.action == action && contains(transition.from, state)) return &transition;
  }
  return nullptr;
}

bool given(const std::optional<std::string>& text) { return text && !text->empty(); }

/// One action on one ticket: first whether it may happen, then what it does.
class Decider {
 public:
  Decider(const settings::Settings& settings, const TicketState& ticket, const ActionRequest& request)
      : settings_(settings), ticket_(ticket), request_(request) {}

  domain::Result<Decision> run(const std::vector<settings::Role>& roles) {
    const std::optional<Action> action = domain::from_text<Action>(request_.action);
    if (!action) return Error{"unknown_action", "there is no action " + request_.action, "/action"};
    if (ticket_.withdrawn) return Error{"ticket_withdrawn", "the ticket was taken back", "/action"};
    transition_ = find_transition(settings_.workflow, *action, ticket_.state);
    if (transition_ == nullptr) {
      return Error{"transition_not_allowed",
                   "a ticket in state " + ticket_.state + " does not allow " + request_.action, "/action"};
    }
    if (!may_take(*transition_, roles)) {
      return Error{"role_not_allowed", "your role may not " + request_.action + " tickets", "/action"};
    }
    if (awaits_verification(settings_.workflow, ticket_, *action)) {
      return Error{"verification_required", "the ticket has to be verified first", "/action"};
    }
    if (auto problem = check_inputs()) return *std::move(problem);
    return decide();
  }

 private:
  using Problem = std::optional<Error>;

  Problem check_inputs() const {
    for (const auto& check : {&Decider::check_requirements, &Decider::check_unexpected,
                              &Decider::check_values, &Decider::check_assignment}) {
      if (Problem problem = (this->*check)()) return problem;
    }
    return std::nullopt;
  }

  bool needs(Requirement requirement) const { return contains(transition_->needs, requirement); }

  Problem check_requirements() const {
    const auto missing = [&](Requirement requirement, const std::optional<std::string>& value,
                             const char* field) -> Problem {
      if (!needs(requirement) || given(value)) return std::nullopt;
      return Error{"missing_field", request_.action + " needs this", field};
    };
    if (auto problem = missing(Requirement::resolution_code, request_.resolution_code, "/resolution_code")) {
      return problem;
    }
    if (auto problem = missing(Requirement::rejection_reason, request_.reason, "/reason")) return problem;
    if (auto problem = missing(Requirement::assignee, request_.assignee, "/assignee")) return problem;
    return missing(Requirement::note, request_.note, "/note");
  }

  /// What the action has no use for would be lost silently.
  Problem check_unexpected() const {
    const auto unexpected = [&](bool of_use, const std::optional<std::string>& value,
                                const char* field) -> Problem {
      if (of_use || !given(value)) return std::nullopt;
      return Error{"unexpected_field", request_.action + " has no use for this", field};
    };
    const Action action = transition_->action;
    if (auto problem = unexpected(action == Action::close, request_.resolution_code, "/resolution_code")) {
      return problem;
    }
    if (auto problem = unexpected(action == Action::reject, request_.reason, "/reason")) return problem;
    const bool assigns = action == Action::assign;
    if (auto problem = unexpected(assigns || needs(Requirement::assignee), request_.assignee, "/assignee")) {
      return problem;
    }
    return unexpected(assigns, request_.department, "/department");
  }

  template <class List>
  static Problem check_choice(const List& list, const std::optional<std::string>& id, const char* field) {
    if (!given(id)) return std::nullopt;
    const auto* choice = settings::find_by_id(list, *id);
    if (choice == nullptr) return Error{"unknown_option", "there is no option " + *id, field};
    if (choice->retired) return Error{"retired_option", "the option " + *id + " is no longer offered", field};
    return std::nullopt;
  }

  Problem check_values() const {
    if (auto problem =
            check_choice(settings_.resolution_codes, request_.resolution_code, "/resolution_code")) {
      return problem;
    }
    if (auto problem = check_choice(settings_.rejection_reasons, request_.reason, "/reason")) return problem;
    if (auto problem = check_choice(settings_.form.departments, request_.department, "/department"))
      return problem;
    if (given(request_.note) && domain::count_code_points(*request_.note) > domain::kLongTextLimit) {
      return Error{"too_long", "has more than " + std::to_string(domain::kLongTextLimit) + " characters",
                   "/note"};
    }
    return std::nullopt;
  }

  Problem check_assignment() const {
    if (transition_->action != Action::assign || given(request_.assignee) || given(request_.department)) {
      return std::nullopt;
    }
    return Error{"missing_field", "assign needs a person or a department", "/assignee"};
  }

  Decision decide() const {
    Decision decision;
    decision.transition = transition_;
    decision.from_state = ticket_.state;
    decision.to_state = transition_->to.value_or(ticket_.state);
    const auto keep = [](const std::optional<std::string>& text) {
      return given(text) ? text : std::nullopt;
    };
    decision.note = keep(request_.note);
    decision.resolution_code = keep(request_.resolution_code);
    decision.rejection_reason = keep(request_.reason);
    decision.assignee = keep(request_.assignee);
    decision.department = keep(request_.department);
    apply_action(decision);
    apply_states(decision);
    return decision;
  }

  void apply_action(Decision& decision) const {
    switch (transition_->action) {
      case Action::verify:
        decision.verification = Verification::verified;
        decision.events.push_back({"verified"});
        break;
      case Action::reject:
        decision.verification = Verification::rejected;
        decision.notification = settings::Occasion::rejected;
        decision.events.push_back({"rejected"});
        break;
      case Action::assign:
        // Who leaves the department behind leaves its people behind, unless somebody new is named.
        decision.clears_assignee = decision.department && *decision.department != ticket_.department &&
                                   !decision.assignee && ticket_.assignee;
        decision.events.push_back({"assigned"});
        break;
      case Action::ready:
        decision.notification = settings::Occasion::ready_to_collect;
        decision.events.push_back({"ready_to_collect"});
        break;
      case Action::hand_over:
        decision.events.push_back({"handed_over"});
        break;
      case Action::close:
        decision.notification = settings::Occasion::closed;
        decision.events.push_back({"closed"});
        break;
      case Action::reopen:
        decision.clears_resolution = true;
        // A rejection is taken back with the state; what the checks say has to be looked at again.
        if (ticket_.verification == Verification::rejected) decision.verification = Verification::unverified;
        decision.events.push_back({"reopened"});
        break;
      case Action::start:
        break;
    }
  }

  void apply_states(Decision& decision) const {
    if (!decision.state_changes()) return;
    decision.events.push_back({"state_changed"});
    const State* target = settings_.workflow.find_state(decision.to_state);
    decision.finishes = target != nullptr && settings::is_terminal(target->type);
  }

  const settings::Settings& settings_;
  const TicketState& ticket_;
  const ActionRequest& request_;
  const Transition* transition_ = nullptr;
};

}  // namespace

std::vector<const Transition*> allowed_actions(const settings::Settings& settings, const TicketState& ticket,
                                               const std::vector<settings::Role>& roles) {
  std::vector<const Transition*> allowed;
  if (ticket.withdrawn) return allowed;
  for (const Transition& transition : settings.workflow.transitions) {
    if (contains(transition.from, ticket.state) && may_take(transition, roles) &&
        !awaits_verification(settings.workflow, ticket, transition.action)) {
      allowed.push_back(&transition);
    }
  }
  return allowed;
}

domain::Result<Decision> decide(const settings::Settings& settings, const TicketState& ticket,
                                const ActionRequest& request, const std::vector<settings::Role>& roles) {
  return Decider(settings, ticket, request).run(roles);
}

}  // namespace ccms::workflow
