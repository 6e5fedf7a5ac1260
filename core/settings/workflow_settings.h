#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/settings/text.h"

namespace ccms::settings {

/// The fixed meaning of a state; code switches on this alone, names are the chain's.
enum class StateType { fresh, open, in_progress, pending, resolved, closed, invalid };
/// As in JSON: "new" for fresh.
std::string_view name_of(StateType type) noexcept;
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
};

enum class Action { verify, reject, assign, start, ready, hand_over, close, reopen };
std::string_view name_of(Action action) noexcept;
std::optional<Action> action_named(std::string_view name) noexcept;

enum class Role { department_staff, store_manager, hq };
std::string_view name_of(Role role) noexcept;
std::optional<Role> role_named(std::string_view name) noexcept;

enum class Requirement { note, resolution_code, rejection_reason, assignee };
std::string_view name_of(Requirement requirement) noexcept;

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
std::string_view name_of(VerificationFlow flow) noexcept;

struct Workflow {
  std::string id;
  Text name;
  std::string initial;
  VerificationFlow verification = VerificationFlow::after_allocation;
  std::vector<State> states;
  std::vector<Transition> transitions;

  const State* find_state(std::string_view id) const noexcept;
};

}  // namespace ccms::settings
