#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/domain/result.h"
#include "core/domain/verification.h"
#include "core/settings/settings.h"

/// The chain's process flow as pure functions: no clock, no I/O, safe from any thread.
namespace ccms::workflow {

using domain::Verification;

/// The part of a ticket that decides what may be done with it.
struct TicketState {
  std::string state;  ///< id
  Verification verification = Verification::unverified;
  std::string department;               ///< empty: not routed yet
  std::optional<std::string> assignee;  ///< user id
  bool withdrawn = false;               ///< taken back at the till: for good, no transition leads on
};

struct ActionRequest {
  std::string action;
  std::optional<std::string> note;
  std::optional<std::string> resolution_code;
  std::optional<std::string> reason;  ///< a rejection reason's id
  std::optional<std::string> assignee;
  std::optional<std::string> department;  ///< assign only
};

/// Something that happened because of the action; the caller writes it as an event.
/// types: verified, rejected, assigned, state_changed, ready_to_collect, handed_over, closed, reopened
struct Consequence {
  std::string type;
};

/// What must be written. The optional members are set when the ticket's column changes.
struct Decision {
  const settings::Transition* transition = nullptr;  ///< into the settings that were passed
  std::string from_state;
  std::string to_state;  ///< equal to from_state when the state stays
  std::vector<Consequence> events;
  std::optional<Verification> verification;
  std::optional<std::string> assignee;
  std::optional<std::string> department;
  std::optional<std::string> resolution_code;
  std::optional<std::string> rejection_reason;
  std::optional<std::string> note;
  bool clears_resolution = false;  ///< a reopened ticket has none
  bool clears_assignee = false;    ///< the ticket went to another department
  bool finishes = false;           ///< entered a state of type closed or invalid: set closed_at
  std::optional<settings::Occasion> notification;  ///< whom to tell: see notifications.h

  bool state_changes() const noexcept { return from_state != to_state; }
};

/// The transitions that a person with these roles may take now, in the settings' order. The pointers live as
/// long as `settings`.
std::vector<const settings::Transition*> allowed_actions(const settings::Settings& settings,
                                                         const TicketState& ticket,
                                                         const std::vector<settings::Role>& roles);

/// Decides one action. Errors: unknown_action (/action), ticket_withdrawn (/action), transition_not_allowed
/// (/action; message says from which state), role_not_allowed (/action), verification_required (/action),
/// missing_field (/note, /resolution_code, /reason, /assignee), unknown_option and retired_option
/// (/resolution_code, /reason, /department), too_long (/note), unexpected_field. That an assignee exists and
/// works for the department is for the caller to check.
domain::Result<Decision> decide(const settings::Settings& settings, const TicketState& ticket,
                                const ActionRequest& request, const std::vector<settings::Role>& roles);

}  // namespace ccms::workflow
