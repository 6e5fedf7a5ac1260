#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/domain/enum_text.h"
#include "core/domain/ticket.h"
#include "core/settings/text.h"

namespace ccms::settings {

/// The fixed meaning of a state; code switches on this alone, names are the chain's.
using domain::StateType;

/// A ticket in such a state is finished.
constexpr bool is_terminal(StateType type) noexcept {
  return type == StateType::closed || type == StateType::invalid;
}

struct State {
  std::string id;
  StateType type = StateType::open;
  Text label;
  Text customer_label;
  bool ready_to_collect = false;
  bool pauses_clock = false;  ///< turn-around times stand still here
};

enum class Action { verify, reject, assign, start, ready, hand_over, close, reopen };

enum class Role { department_staff, store_manager, hq };

enum class Requirement { note, resolution_code, rejection_reason, assignee };

struct Transition {
  std::string id;
  Action action = Action::start;
  Text label;
  std::vector<std::string> from;
  std::optional<std::string> to;  ///< absent: the state stays as it is
  std::vector<Role> who;
  std::vector<Requirement> needs;  ///< "requires" in JSON
};

enum class VerificationFlow { before_allocation, after_allocation, none };

struct Workflow {
  std::string id;
  Text name;
  std::string initial;
  VerificationFlow verification = VerificationFlow::after_allocation;
  std::vector<State> states;
  std::vector<Transition> transitions;

  const State* find_state(std::string_view state) const noexcept;
};

}  // namespace ccms::settings

namespace ccms::domain {

template <>
inline constexpr std::array kEnumNames<settings::Action> = {
    EnumName<settings::Action>{settings::Action::verify, "verify"},
    EnumName<settings::Action>{settings::Action::reject, "reject"},
    EnumName<settings::Action>{settings::Action::assign, "assign"},
    EnumName<settings::Action>{settings::Action::start, "start"},
    EnumName<settings::Action>{settings::Action::ready, "ready"},
    EnumName<settings::Action>{settings::Action::hand_over, "hand_over"},
    EnumName<settings::Action>{settings::Action::close, "close"},
    EnumName<settings::Action>{settings::Action::reopen, "reopen"},
};

template <>
inline constexpr std::array kEnumNames<settings::Role> = {
    EnumName<settings::Role>{settings::Role::department_staff, "department_staff"},
    EnumName<settings::Role>{settings::Role::store_manager, "store_manager"},
    EnumName<settings::Role>{settings::Role::hq, "hq"},
};

template <>
inline constexpr std::array kEnumNames<settings::Requirement> = {
    EnumName<settings::Requirement>{settings::Requirement::note, "note"},
    EnumName<settings::Requirement>{settings::Requirement::resolution_code, "resolution_code"},
    EnumName<settings::Requirement>{settings::Requirement::rejection_reason, "rejection_reason"},
    EnumName<settings::Requirement>{settings::Requirement::assignee, "assignee"},
};

template <>
inline constexpr std::array kEnumNames<settings::VerificationFlow> = {
    EnumName<settings::VerificationFlow>{settings::VerificationFlow::before_allocation, "before_allocation"},
    EnumName<settings::VerificationFlow>{settings::VerificationFlow::after_allocation, "after_allocation"},
    EnumName<settings::VerificationFlow>{settings::VerificationFlow::none, "none"},
};

}  // namespace ccms::domain
