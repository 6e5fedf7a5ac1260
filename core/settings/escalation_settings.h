#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "core/settings/conditions.h"
#include "core/settings/message_channel.h"
#include "core/settings/tat_settings.h"
#include "core/settings/text.h"

/// Who is told, and what is done, when a turn-around time runs out.
namespace ccms::settings {

// When a step is due, against the maximum of the TAT it follows.
struct AtPercent {
  int percent = 100;  ///< 1 or more; above 100 is after the breach
};
struct BeforeDeadline {
  Span span;  ///< working days before: when the n-th working day before the deadline's opens
};
struct AfterDeadline {
  Span span;
};
using EscalationMoment = std::variant<AtPercent, BeforeDeadline, AfterDeadline>;

struct EscalationNotice {
  std::vector<std::string> roles;      ///< role ids; those of the ticket's own store, area … are told
  std::vector<std::string> addresses;  ///< e-mail addresses and mobile numbers, whoever they are
  std::vector<MessageChannel> channels;
  std::string message_template;  ///< "template" in JSON, a keyword here
};

struct EscalationAssignment {
  std::string department;
};

struct EscalationStep {
  std::string id;
  EscalationMoment at;
  TicketConditions when;
  EscalationNotice notify;
  std::optional<std::string> set_priority;
  std::optional<EscalationAssignment> assign;
  /// No staff member said or did anything for that long, and the next step of the ladder is due at once.
  std::optional<Span> acknowledge_within;
  bool digest = false;  ///< told at `digest_minute` instead of at once
};

struct EscalationLadder {
  std::string id;
  Text name;
  std::vector<std::string> tats;  ///< TAT ids; empty: every one
  std::vector<EscalationStep> steps;
};

/// Local time in which staff are not written to. `from_minute` above `until_minute` goes over midnight.
struct QuietHours {
  int from_minute = 0;
  int until_minute = 0;
};

struct Escalation {
  std::optional<QuietHours> quiet_hours;
  int digest_minute = 8 * 60;  ///< local time
  std::vector<EscalationLadder> ladders;
};

}  // namespace ccms::settings
