#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/domain/enum_text.h"
#include "core/settings/calendar.h"

/// Who inside a department gets a ticket that nobody was named for.
namespace ccms::settings {

enum class AssignBy {
  least_load,   ///< whoever has the fewest tickets that are not finished
  round_robin,  ///< whoever was assigned one longest ago
};

/// When people of a department work: in a region's time zone and never on its holidays.
struct Shift {
  std::string id;
  std::string region;
  std::optional<std::vector<OpeningHours>> hours;  ///< absent: the region's own, its seasons too
  std::vector<std::string> roles;                  ///< whose shift it is; empty: everybody's
};

struct Assignment {
  AssignBy by = AssignBy::least_load;
  std::vector<Shift> shifts;  ///< none: always on shift

  /// The shifts of somebody who gets tickets in this role.
  std::vector<const Shift*> shifts_of(std::string_view role) const;
};

/// A shift's hours in its region's year.
Calendar calendar_of(const Shift& shift, const Calendar& region);

}  // namespace ccms::settings

namespace ccms::domain {

template <>
inline constexpr std::array kEnumNames<settings::AssignBy> = {
    EnumName<settings::AssignBy>{settings::AssignBy::least_load, "least_load"},
    EnumName<settings::AssignBy>{settings::AssignBy::round_robin, "round_robin"},
};

}  // namespace ccms::domain
