#include "server/staff/granting.h"

#include <algorithm>

#include "server/staff/standings.h"

namespace ccms::server {
namespace {

using settings::Permission;
using settings::RoleScope;

/// Whether a place is part of another one in the organisation. That two places hold the same stores today
/// says nothing: tomorrow one opens in either.
bool lies_in(const Standing& place, const Standing& wider, const settings::Settings& settings) {
  if (place.scope == RoleScope::store) return wider.has_store(place.at);
  if (place.scope != RoleScope::area) return false;
  const auto* area = settings::find_by_id(settings.organisation.areas, place.at);
  if (area == nullptr) return false;
  return (wider.scope == RoleScope::zone && wider.at == area->zone) ||
         (wider.scope == RoleScope::region && wider.at == area->region);
}

bool holds(const std::vector<Standing>& own, Permission permission, const Standing& there,
           const settings::Settings& settings) {
  return std::any_of(own.begin(), own.end(), [&](const Standing& standing) {
    return standing.may(permission) && covers(standing, there, settings);
  });
}

bool holds_everywhere(const std::vector<Standing>& own, Permission permission) {
  return std::any_of(own.begin(), own.end(), [&](const Standing& standing) {
    return standing.scope == RoleScope::chain && standing.may(permission);
  });
}

}  // namespace

bool covers(const Standing& wide, const Standing& narrow, const settings::Settings& settings) {
  if (wide.scope == RoleScope::chain) return true;
  if (wide.scope == narrow.scope && wide.at == narrow.at) return true;
  return lies_in(narrow, wide, settings);
}

bool may_look_after(const std::vector<Standing>& own, Permission permission,
                    const std::vector<RoleGrant>& grants, const settings::Settings& settings) {
  if (holds_everywhere(own, permission)) return true;
  const auto standings = standings_of(grants, &settings);
  return !standings.empty() && std::all_of(standings.begin(), standings.end(), [&](const Standing& standing) {
    return holds(own, permission, standing, settings);
  });
}

bool may_give(const std::vector<Standing>& own, Permission permission, const std::vector<RoleGrant>& grants,
              const settings::Settings& settings) {
  const auto standings = standings_of(grants, &settings);
  return std::all_of(standings.begin(), standings.end(), [&](const Standing& given) {
    return holds(own, permission, given, settings) &&
           std::all_of(given.permissions.begin(), given.permissions.end(),
                       [&](Permission brought) { return holds(own, brought, given, settings); });
  });
}

bool is_admin(const std::vector<RoleGrant>& grants, const settings::Settings& settings) {
  const auto standings = standings_of(grants, &settings);
  return holds_everywhere(standings, Permission::settings_publish) &&
         holds_everywhere(standings, Permission::people_change);
}

std::vector<settings::Problem> raises_beyond(const std::vector<Standing>& own,
                                             const settings::Settings& former,
                                             const settings::Settings& next) {
  std::vector<settings::Problem> problems;
  for (std::size_t i = 0; i < next.roles.size(); ++i) {
    const settings::Role& role = next.roles[i];
    const settings::Role* before = former.find_role(role.id);
    if (before == nullptr) continue;
    for (const Permission permission : role.permissions) {
      if (before->may(permission) || holds_everywhere(own, permission)) continue;
      problems.push_back({{"beyond_own_permissions", "nobody gives a role what they do not have themselves",
                           "/roles/" + std::to_string(i) + "/permissions"},
                          '"' + std::string(domain::to_text(permission)) + '"'});
    }
  }
  return problems;
}

}  // namespace ccms::server
