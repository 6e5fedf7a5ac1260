#include "core/workflow/workflow.h"

#include <algorithm>

#include "core/domain/text.h"
#include "core/settings/remedies.h"

namespace ccms::workflow {
namespace {

using domain::Error;
using settings::Action;
using settings::Requirement;
using settings::State;
using settings::Transition;

bool may_take(const settings::Workflow& workflow, const Transition& transition, const Roles& roles) {
  return std::any_of(roles.begin(), roles.end(), [&](const std::string& role) {
    return role == kAnybody || transition.is_for(role) ||
           (!transition.who.empty() && role == workflow.supervisor);
  });
}

bool awaits_verification(const settings::Workflow& workflow, const TicketState& ticket, Action action) {
  return workflow.verification == settings::VerificationFlow::before_allocation &&
         ticket.verification != Verification::verified &&
         (action == Action::assign || action == Action::start || action == Action::accept);
}

/// Those that a request means from the ticket's state: the one with this id, or else all with this action.
/// Who names a step never takes another one.
std::vector<const Transition*> transitions_meant(const settings::Workflow& workflow, const std::string& name,
                                                 const std::string& state) {
  std::vector<const Transition*> meant;
  if (const Transition* named = settings::find_by_id(workflow.transitions, name)) {
    if (named->starts_in(state)) meant.push_back(named);
    return meant;
  }
  for (const Transition& transition : workflow.transitions) {
    if (transition.starts_in(state) && domain::to_text(transition.action) == name && !transition.who.empty())
      meant.push_back(&transition);
  }
  return meant;
}

bool is_known(const settings::Settings& settings, const std::string& name) {
  if (domain::from_text<Action>(name)) return true;
  return std::any_of(settings.workflows.begin(), settings.workflows.end(), [&](const auto& workflow) {
    return settings::find_by_id(workflow.transitions, name) != nullptr;
  });
}

std::string ids_of(const std::vector<const Transition*>& transitions) {
  std::string ids;
  for (const Transition* transition : transitions) ids += (ids.empty() ? "" : ", ") + transition->id;
  return ids;
}

bool given(const std::optional<std::string>& text) { return text && !text->empty(); }

/// One action on one ticket: first whether it may happen, then what it does.
class Decider {
 public:
  Decider(const settings::Settings& settings, const TicketState& ticket, const ActionRequest& request)
      : settings_(settings), ticket_(ticket), request_(request) {}

  domain::Result<Decision> run(const Roles& roles) {
    if (!is_known(settings_, request_.action))
      return Error{"unknown_action", "there is no action " + request_.action, "/action"};
    if (ticket_.withdrawn) return Error{"ticket_withdrawn", "the ticket was taken back", "/action"};
    const settings::Workflow* workflow = settings_.find_workflow(ticket_.workflow);
    const auto meant = workflow == nullptr ? std::vector<const Transition*>{}
                                           : transitions_meant(*workflow, request_.action, ticket_.state);
    if (meant.empty()) {
      return Error{"transition_not_allowed",
                   "a ticket in state " + ticket_.state + " does not allow " + request_.action, "/action"};
    }
    if (meant.size() > 1) {
      return Error{"ambiguous_action", "from state " + ticket_.state + " this is one of " + ids_of(meant),
                   "/action"};
    }
    transition_ = meant.front();
    if (!may_take(*workflow, *transition_, roles)) {
      return Error{"role_not_allowed", "your role may not " + request_.action + " this ticket", "/action"};
    }
    if (awaits_verification(*workflow, ticket_, transition_->action)) {
      return Error{"verification_required", "the ticket has to be verified first", "/action"};
    }
    fill_in(request_.resolution_code, transition_->defaults.resolution_code);
    fill_in(request_.reason, transition_->defaults.rejection_reason);
    fill_in(request_.note, transition_->defaults.note);
    if (auto problem = check_inputs()) return *std::move(problem);
    return decide();
  }

 private:
  using Problem = std::optional<Error>;

  Problem check_inputs() const {
    for (const auto& check : {&Decider::check_requirements, &Decider::check_unexpected,
                              &Decider::check_values, &Decider::check_remedy, &Decider::check_assignment}) {
      if (Problem problem = (this->*check)()) return problem;
    }
    return std::nullopt;
  }

  static void fill_in(std::optional<std::string>& given_one, const std::string& otherwise) {
    if (!given(given_one) && !otherwise.empty()) given_one = otherwise;
  }

  bool needs(Requirement requirement) const { return transition_->asks_for(requirement); }

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
    if (needs(Requirement::remedy) && !request_.remedy)
      return Error{"missing_field", request_.action + " needs this", "/remedy"};
    if (auto problem = missing(Requirement::attachment, request_.attachment, "/attachment")) return problem;
    return missing(Requirement::note, request_.note, "/note");
  }

  /// What the action has no use for would be lost silently.
  Problem check_unexpected() const {
    const auto unexpected = [&](bool of_use, const std::optional<std::string>& value,
                                const char* field) -> Problem {
      if (of_use || !given(value)) return std::nullopt;
      return Error{"unexpected_field", request_.action + " has no use for this", field};
    };
    if (auto problem =
            unexpected(needs(Requirement::resolution_code), request_.resolution_code, "/resolution_code")) {
      return problem;
    }
    if (auto problem = unexpected(needs(Requirement::rejection_reason), request_.reason, "/reason"))
      return problem;
    const bool assigns = transition_->action == Action::assign;
    if (auto problem = unexpected(assigns || needs(Requirement::assignee), request_.assignee, "/assignee")) {
      return problem;
    }
    if (request_.remedy && !needs(Requirement::remedy))
      return Error{"unexpected_field", request_.action + " has no use for this", "/remedy"};
    if (auto problem = unexpected(needs(Requirement::attachment), request_.attachment, "/attachment"))
      return problem;
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
    if (auto problem = check_length(request_.note, domain::kLongTextLimit, "/note")) return problem;
    return check_length(request_.attachment, kAttachmentLimit, "/attachment");
  }

  static Problem check_length(const std::optional<std::string>& text, std::size_t limit, const char* field) {
    if (!given(text) || domain::count_code_points(*text) <= limit) return std::nullopt;
    return Error{"too_long", "has more than " + std::to_string(limit) + " characters", field};
  }

  Problem check_remedy() const {
    const auto& remedy = request_.remedy;
    if (!remedy) return std::nullopt;
    if (const auto offered = settings::check_offered(settings_.form, *remedy); !offered)
      return offered.error();
    const auto& limit = transition_->remedy_at_most;
    if (!limit) return std::nullopt;
    if (!remedy->amount)
      return Error{"missing_field", "what this comes to decides who may give it", "/remedy/amount"};
    if (remedy->amount->amount <= *limit) return std::nullopt;
    return Error{
        "too_much",
        "this step gives at most " + std::to_string(*limit) + " minor units of " + settings_.form.currency,
        "/remedy/amount"};
  }

  Problem check_assignment() const {
    if (transition_->action != Action::assign || given(request_.assignee) || given(request_.department) ||
        transition_->department) {
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
    decision.remedy = request_.remedy;
    decision.attachment = keep(request_.attachment);
    decision.department = given(request_.department) ? request_.department : transition_->department;
    decision.priority = transition_->set_priority;
    // Who leaves the department behind leaves its people behind, unless somebody new is named.
    decision.clears_assignee = decision.department && *decision.department != ticket_.department &&
                               !decision.assignee && ticket_.assignee;
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
        decision.events.push_back({"assigned"});
        break;
      case Action::accept:
        decision.events.push_back({"accepted"});
        break;
      case Action::decline:
        decision.clears_assignee = true;
        decision.events.push_back({"declined"});
        break;
      case Action::ready:
        decision.notification = settings::Occasion::ready_to_collect;
        decision.events.push_back({"ready_to_collect"});
        break;
      case Action::hand_over:
        decision.events.push_back({"handed_over"});
        break;
      case Action::close:
      case Action::confirm:
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
      case Action::move:
      case Action::resolve:
        break;
    }
  }

  void apply_states(Decision& decision) const {
    // "Still blocked" moves nowhere and is said all the same.
    if (!decision.state_changes() && !decision.events.empty()) return;
    decision.events.push_back({"state_changed"});
    const State* target = settings_.find_state(decision.to_state);
    decision.finishes = target != nullptr && settings::is_terminal(target->type);
  }

  const settings::Settings& settings_;
  const TicketState& ticket_;
  ActionRequest request_;  ///< what the defaults give added
  const Transition* transition_ = nullptr;
};

}  // namespace

bool Decision::tells_state() const noexcept {
  return std::any_of(events.begin(), events.end(),
                     [](const Consequence& event) { return event.type == "state_changed"; });
}

std::vector<const Transition*> allowed_actions(const settings::Settings& settings, const TicketState& ticket,
                                               const Roles& roles) {
  std::vector<const Transition*> allowed;
  const settings::Workflow* workflow = settings.find_workflow(ticket.workflow);
  if (ticket.withdrawn || workflow == nullptr) return allowed;
  for (const Transition& transition : workflow->transitions) {
    if (transition.starts_in(ticket.state) && may_take(*workflow, transition, roles) &&
        !awaits_verification(*workflow, ticket, transition.action)) {
      allowed.push_back(&transition);
    }
  }
  return allowed;
}

std::vector<Requirement> inputs_of(const Transition& transition) {
  const settings::TransitionDefaults& defaults = transition.defaults;
  std::vector<Requirement> inputs;
  for (const Requirement requirement : transition.needs) {
    const bool is_filled_in =
        (requirement == Requirement::note && !defaults.note.empty()) ||
        (requirement == Requirement::resolution_code && !defaults.resolution_code.empty()) ||
        (requirement == Requirement::rejection_reason && !defaults.rejection_reason.empty());
    if (!is_filled_in) inputs.push_back(requirement);
  }
  return inputs;
}

const Transition* timed_transition(const settings::Settings& settings, const TicketState& ticket) {
  const settings::Workflow* workflow = settings.find_workflow(ticket.workflow);
  if (ticket.withdrawn || workflow == nullptr) return nullptr;
  const auto found = std::find_if(
      workflow->transitions.begin(), workflow->transitions.end(),
      [&](const Transition& transition) { return transition.after && transition.starts_in(ticket.state); });
  if (found == workflow->transitions.end()) return nullptr;
  ActionRequest request;
  request.action = found->id;
  const auto decision = decide(settings, ticket, request, {std::string(kAnybody)});
  return decision && decision->state_changes() ? &*found : nullptr;
}

std::string holding_role(const settings::Settings& settings, const std::string& id) {
  const settings::Workflow* workflow = settings.find_workflow(id);
  if (workflow != nullptr && !workflow->resolvers.empty()) return workflow->resolvers.front();
  for (const settings::Role& role : settings.roles) {
    if (role.scope == settings::RoleScope::department) return role.id;
  }
  return settings.roles.empty() ? std::string() : settings.roles.front().id;
}

domain::Result<Decision> decide(const settings::Settings& settings, const TicketState& ticket,
                                const ActionRequest& request, const Roles& roles) {
  return Decider(settings, ticket, request).run(roles);
}

}  // namespace ccms::workflow
