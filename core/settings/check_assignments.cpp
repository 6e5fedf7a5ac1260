#include "core/settings/checks.h"

namespace ccms::settings {

void check_assignments(const Settings& settings, Problems& problems) {
  const auto& departments = settings.form.departments;
  for (std::size_t i = 0; i < departments.size(); ++i) {
    const auto found = settings.assignments.find(departments[i].id);
    if (found == settings.assignments.end()) continue;
    const std::string path = join(join(join("/departments", i), "assignment"), "shifts");
    const auto& shifts = found->second.shifts;
    check_unique_ids(shifts, path, problems);
    for (std::size_t s = 0; s < shifts.size(); ++s) {
      const std::string at = join(path, s);
      check_reference(settings.regions, shifts[s].region, join(at, "region"), "region", problems);
      check_role_references(settings, shifts[s].roles, join(at, "roles"), {}, problems);
      if (shifts[s].hours) check_hours(*shifts[s].hours, join(at, "hours"), problems);
    }
  }
}

}  // namespace ccms::settings
