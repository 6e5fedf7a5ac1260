#include "core/settings/assignment_settings.h"

#include <algorithm>

namespace ccms::settings {

std::vector<const Shift*> Assignment::shifts_of(std::string_view role) const {
  std::vector<const Shift*> found;
  for (const Shift& shift : shifts) {
    if (shift.roles.empty() || std::find(shift.roles.begin(), shift.roles.end(), role) != shift.roles.end())
      found.push_back(&shift);
  }
  return found;
}

Calendar calendar_of(const Shift& shift, const Calendar& region) {
  Calendar calendar = region;
  if (!shift.hours) return calendar;
  calendar.hours = *shift.hours;
  calendar.seasons.clear();
  return calendar;
}

}  // namespace ccms::settings
