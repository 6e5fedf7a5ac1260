#include <algorithm>

#include "core/settings/checks.h"

namespace ccms::settings {

void check_role_references(const Settings& settings, const std::vector<std::string>& roles,
                           const std::string& path, std::initializer_list<std::string_view> also,
                           Problems& problems) {
  for (std::size_t i = 0; i < roles.size(); ++i) {
    if (std::find(also.begin(), also.end(), roles[i]) != also.end()) continue;
    check_reference(settings.roles, roles[i], join(path, i), "role", problems);
  }
}

void check_roles(const Settings& settings, Problems& problems) {
  check_unique_ids(settings.roles, "/roles", problems);
  const auto publishes = [](const Role& role) {
    return role.scope == RoleScope::chain && role.may(Permission::settings_publish) &&
           role.may(Permission::people_change);
  };
  if (std::none_of(settings.roles.begin(), settings.roles.end(), publishes)) {
    problems.add("/roles", "nobody_in_charge",
                 "some role of scope chain must have settings.publish and people.change");
  }
  for (std::size_t i = 0; i < settings.roles.size(); ++i) {
    const Role& role = settings.roles[i];
    const bool at_store = role.scope == RoleScope::store || role.scope == RoleScope::legal_entity;
    if (at_store && role.may(Permission::tickets_confidential)) {
      problems.add(join(join("/roles", i), "permissions"), "contradiction",
                   "confidential tickets are kept from the stores that they may be about");
    }
  }
  for (std::size_t i = 0; i < settings.role_times.size(); ++i) {
    check_reference(settings.roles, settings.role_times[i].role, join(join("/role_times", i), "role"), "role",
                    problems);
  }
}

}  // namespace ccms::settings
