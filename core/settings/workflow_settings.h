#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/domain/enum_text.h"
#include "core/domain/ticket.h"
#include "core/settings/tat_settings.h"
#include "core/settings/text.h"

/// The states that a chain's tickets go through, and its workflows: the ways between those states.
namespace ccms::settings {

/// The fixed meaning of a state; code switches on this alone, names are the chain's.
using domain::StateType;

/// A ticket in such a state is finished.
constexpr bool is_terminal(StateType type) noexcept {
  return type == StateType::closed || type == StateType::invalid;
}

/// States are the chain's, not a workflow's: "Blocked" means the same wherever a ticket can be blocked, so
/// that lists, filters and counts need not ask for the workflow.
struct State {
  std::string id;
  StateType type = StateType::open;
  Text label;
  Text customer_label;
  bool ready_to_collect = false;
  bool pauses_clock = false;  ///< turn-around times stand still here
};

/// What a transition means to CCMS. `move` means nothing beyond its states.
enum class Action {
  verify,
  reject,
  assign,
  accept,   ///< the assignee takes it on
  decline,  ///< the assignee gives it back: nobody has it any more
  start,
  move,
  resolve,  ///< done, as far as staff are concerned
  ready,
  hand_over,
  close,
  confirm,  ///< closed because the customer says that all is well
  reopen
};

/// Those who may take a transition beside the holders of roles.
inline constexpr std::string_view kAssignee = "@assignee";
inline constexpr std::string_view kCustomer = "@customer";  ///< through a program that acts for customers

enum class Requirement {
  note,
  resolution_code,
  rejection_reason,
  assignee,
  remedy,     ///< what the customer gets
  attachment  ///< where the document that belongs to it is found
};

/// What is filled in where nobody gives it: by the clock, or for a customer's one click.
struct TransitionDefaults {
  std::string resolution_code;  ///< empty: none
  std::string rejection_reason;
  std::string note;
};

struct Transition {
  std::string id;
  Action action = Action::start;
  Text label;
  std::vector<std::string> from;
  std::optional<std::string> to;   ///< absent: the state stays as it is
  std::vector<std::string> who;    ///< role ids, kAssignee, kCustomer
  std::vector<Requirement> needs;  ///< "requires" in JSON
  TransitionDefaults defaults;
  std::optional<std::string> set_priority;
  std::optional<std::string> department;       ///< where it takes the ticket
  std::optional<std::int64_t> remedy_at_most;  ///< minor units of the chain's currency; absent: no limit
  std::vector<TatClock> stops_clocks;          ///< what they measure is reached, whatever the state says
  std::vector<TatClock> starts_clocks;         ///< they begin anew
  std::optional<Span> after;          ///< taken by itself when the ticket was in a `from` state for so long
  std::optional<bool> customer_sees;  ///< absent: the customer sees changes of the state

  bool starts_in(std::string_view state) const noexcept;
  /// A role's id, kAssignee or kCustomer.
  bool is_for(std::string_view somebody) const noexcept;
  bool asks_for(Requirement requirement) const noexcept;
};

enum class VerificationFlow { before_allocation, after_allocation, none };

/// Which tickets a workflow is for; an empty list asks nothing.
struct WorkflowChoice {
  std::vector<domain::TicketKind> kinds;
  std::vector<std::string> categories;

  bool holds(domain::TicketKind kind, const std::optional<domain::CategoryId>& category) const noexcept;
};

struct Workflow {
  std::string id;
  Text name;
  WorkflowChoice when;
  std::string initial;
  VerificationFlow verification = VerificationFlow::after_allocation;
  std::vector<std::string> creators;  ///< role ids; empty: whoever may create tickets
  std::vector<std::string>
      resolvers;  ///< who tickets can be assigned to; empty: whoever works where they are
  std::vector<std::string> escalators;  ///< told by steps that tell "@escalators"
  std::string supervisor;               ///< role id; empty: none
  std::vector<Transition> transitions;
};

/// Role of a notice that stands for the escalators of the ticket's workflow.
inline constexpr std::string_view kEscalators = "@escalators";

/// The first of `workflows` (anything with `when`) that is for such tickets; the last one is for all. Null
/// only for an empty list.
template <class List>
const typename List::value_type* workflow_for(const List& workflows, domain::TicketKind kind,
                                              const std::optional<domain::CategoryId>& category) noexcept {
  for (const auto& workflow : workflows) {
    if (workflow.when.holds(kind, category)) return &workflow;
  }
  return workflows.empty() ? nullptr : &workflows.back();
}

}  // namespace ccms::settings

namespace ccms::domain {

template <>
inline constexpr std::array kEnumNames<settings::Action> = {
    EnumName<settings::Action>{settings::Action::verify, "verify"},
    EnumName<settings::Action>{settings::Action::reject, "reject"},
    EnumName<settings::Action>{settings::Action::assign, "assign"},
    EnumName<settings::Action>{settings::Action::accept, "accept"},
    EnumName<settings::Action>{settings::Action::decline, "decline"},
    EnumName<settings::Action>{settings::Action::start, "start"},
    EnumName<settings::Action>{settings::Action::move, "move"},
    EnumName<settings::Action>{settings::Action::resolve, "resolve"},
    EnumName<settings::Action>{settings::Action::ready, "ready"},
    EnumName<settings::Action>{settings::Action::hand_over, "hand_over"},
    EnumName<settings::Action>{settings::Action::close, "close"},
    EnumName<settings::Action>{settings::Action::confirm, "confirm"},
    EnumName<settings::Action>{settings::Action::reopen, "reopen"},
};

template <>
inline constexpr std::array kEnumNames<settings::Requirement> = {
    EnumName<settings::Requirement>{settings::Requirement::note, "note"},
    EnumName<settings::Requirement>{settings::Requirement::resolution_code, "resolution_code"},
    EnumName<settings::Requirement>{settings::Requirement::rejection_reason, "rejection_reason"},
    EnumName<settings::Requirement>{settings::Requirement::assignee, "assignee"},
    EnumName<settings::Requirement>{settings::Requirement::remedy, "remedy"},
    EnumName<settings::Requirement>{settings::Requirement::attachment, "attachment"},
};

template <>
inline constexpr std::array kEnumNames<settings::VerificationFlow> = {
    EnumName<settings::VerificationFlow>{settings::VerificationFlow::before_allocation, "before_allocation"},
    EnumName<settings::VerificationFlow>{settings::VerificationFlow::after_allocation, "after_allocation"},
    EnumName<settings::VerificationFlow>{settings::VerificationFlow::none, "none"},
};

}  // namespace ccms::domain
