#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/domain/enum_text.h"
#include "core/settings/conditions.h"
#include "core/settings/text.h"

/// Turn-around times as the chain states them.
namespace ccms::settings {

/// A length of time. "Working" is counted on the region's calendar, "elapsed" on the clock. A number of
/// working days ends with the closing of the last of them; the day it begins on does not count.
struct Span {
  enum class Unit { working_minutes, working_days, elapsed_minutes };

  Unit unit = Unit::working_minutes;
  std::int64_t amount = 0;  ///< 1 or more

  bool operator==(const Span&) const = default;
};

/// What is to be done in time: the first answer by staff, or the whole ticket.
enum class TatClock { first_response, resolution };

/// What a change of priority, department, region or settings does to a clock that runs.
enum class OnChange {
  from_start,  ///< it counts from where it started, under the new target: it may be late at once
  restart,     ///< it begins anew at the change
  keep,        ///< the first target stays, even where it would no longer apply
};

/// What the reopening of a finished ticket does. The time it was finished never counts.
enum class OnReopen {
  go_on,    ///< the rest of the time is left
  restart,  ///< it begins anew
};

/// One turn-around time. It applies to the tickets its conditions hold for.
struct Tat {
  std::string id;
  Text name;
  TatClock clock = TatClock::resolution;
  TicketConditions when;
  std::optional<Span> maximum;          ///< the breach; absent: an aim alone
  std::map<std::string, Span> minimum;  ///< the aim, by priority id
  std::optional<Span> minimum_otherwise;
  OnChange on_change = OnChange::from_start;
  OnReopen on_reopen = OnReopen::go_on;
  bool pauses = true;  ///< stands still in states that pause the clock; deadlines of the law do not
};

/// Whom to tell when a role has used so much of its time.
struct RoleAlert {
  int at_percent = 100;
  std::vector<std::string> emails;
  std::string message_template;  ///< "template" in JSON, a keyword here
};

/// The time a role has while it holds a ticket: to respond each time it gets it, and to resolve it over all
/// the times that it holds it.
struct RoleTime {
  std::string role;
  std::optional<Span> expected_response;
  std::optional<Span> expected_resolution;
  std::vector<RoleAlert> alerts;
};

}  // namespace ccms::settings

namespace ccms::domain {

template <>
inline constexpr std::array kEnumNames<settings::TatClock> = {
    EnumName<settings::TatClock>{settings::TatClock::first_response, "first_response"},
    EnumName<settings::TatClock>{settings::TatClock::resolution, "resolution"},
};

template <>
inline constexpr std::array kEnumNames<settings::OnChange> = {
    EnumName<settings::OnChange>{settings::OnChange::from_start, "from_start"},
    EnumName<settings::OnChange>{settings::OnChange::restart, "restart"},
    EnumName<settings::OnChange>{settings::OnChange::keep, "keep"},
};

template <>
inline constexpr std::array kEnumNames<settings::OnReopen> = {
    EnumName<settings::OnReopen>{settings::OnReopen::go_on, "go_on"},
    EnumName<settings::OnReopen>{settings::OnReopen::restart, "restart"},
};

}  // namespace ccms::domain
