#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/domain/remedy.h"
#include "core/domain/result.h"
#include "core/domain/verification.h"
#include "core/settings/settings.h"

/// The chain's process flow as pure functions: no clock, no I/O, safe from any thread.
namespace ccms::workflow {

using domain::Verification;

/// The part of a ticket that decides what may be done with it.
struct TicketState {
  std::string workflow;  ///< id; an unknown one has no transitions
  std::string state;     ///< id
  Verification verification = Verification::unverified;
  std::string department;               ///< empty: not routed yet
  std::optional<std::string> assignee;  ///< user id
  bool withdrawn = false;               ///< taken back at the till: for good, no transition leads on
};

inline constexpr std::size_t kAttachmentLimit = 300;  ///< code points

struct ActionRequest {
  std::string action;  ///< the id of a transition, or an action's name where only one transition has it
  std::optional<std::string> note;
  std::optional<std::string> resolution_code;
  std::optional<std::string> reason;  ///< a rejection reason's id
  std::optional<std::string> assignee;
  std::optional<std::string> department;  ///< assign only
  std::optional<domain::Remedy> remedy;   ///< what the customer gets
  /// How the document that belongs to this is found: the number of a credit note, an address. Anything but
  /// an empty text.
  std::optional<std::string> attachment;
};

/// Something that happened because of the action; the caller writes it as an event.
/// types: verified, rejected, assigned, accepted, declined, state_changed, ready_to_collect, handed_over,
/// closed, reopened
struct Consequence {
  std::string type;
};

/// What must be written. The optional members are set when the ticket's column changes.
struct Decision {
  const settings::Transition* transition = nullptr;  ///< into the settings that were passed
  std::string from_state;
  std::string to_state;             ///< equal to from_state when the state stays
  std::vector<Consequence> events;  ///< never empty: whatever was done is said
  std::optional<Verification> verification;
  std::optional<std::string> assignee;
  std::optional<std::string> department;
  std::optional<std::string> resolution_code;
  std::optional<std::string> rejection_reason;
  std::optional<std::string> note;
  std::optional<domain::Remedy> remedy;
  std::optional<std::string> attachment;
  bool clears_resolution = false;  ///< a reopened ticket has none
  bool clears_assignee = false;    ///< given back, or gone to another department
  bool finishes = false;           ///< entered a state of type closed or invalid: set closed_at
  std::optional<std::string> priority;
  std::optional<settings::Occasion>
      notification;  ///< beside Occasion::step; whom to tell: see notifications.h

  bool state_changes() const noexcept { return from_state != to_state; }
  /// Whether an event tells of the state, be it a new one or the old one once more.
  bool tells_state() const noexcept;
};

/// What somebody is towards one ticket: ids of roles, settings::kAssignee, settings::kCustomer.
using Roles = std::vector<std::string>;

/// Takes whatever the workflow has: the clock, and the importer of what people did elsewhere.
inline constexpr std::string_view kAnybody = "@anybody";

/// The transitions that a person with these roles may take now, in the settings' order. The pointers live as
/// long as `settings`.
std::vector<const settings::Transition*> allowed_actions(const settings::Settings& settings,
                                                         const TicketState& ticket, const Roles& roles);

/// What has to be given with a transition: what it requires and has no default for.
std::vector<settings::Requirement> inputs_of(const settings::Transition& transition);

/// The transition that is taken by itself from the ticket's state, after a time; null when there is none, or
/// when it could not be taken now, as of a ticket that has to be verified first. The settings' check lets a
/// state have one at most.
const settings::Transition* timed_transition(const settings::Settings& settings, const TicketState& ticket);

/// Whose a ticket is when it is nobody's in particular: the first resolvers of its workflow, else the first
/// role of departments.
std::string holding_role(const settings::Settings& settings, const std::string& workflow);

/// Decides one action. What is not given comes from the transition's defaults. Errors: unknown_action
/// (/action), ambiguous_action (/action; message names the transitions), ticket_withdrawn (/action),
/// transition_not_allowed
/// (/action; message says from which state), role_not_allowed (/action), verification_required (/action),
/// missing_field (/note, /resolution_code, /reason, /assignee, /remedy, /remedy/amount, /attachment),
/// unknown_option and retired_option (/resolution_code, /reason, /department), too_long (/note, /attachment),
/// unexpected_field, too_much (/remedy/amount), those of settings::check_offered() below /remedy. That an
/// assignee exists and works for the department is for the caller to check.
domain::Result<Decision> decide(const settings::Settings& settings, const TicketState& ticket,
                                const ActionRequest& request, const Roles& roles);

}  // namespace ccms::workflow
