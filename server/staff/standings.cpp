#include "server/staff/standings.h"

#include <utility>

namespace ccms::server {
namespace {

/// Without settings, those that a chain begins with.
const std::vector<settings::Role>& known_roles(const settings::Settings* settings) {
  static const auto standard = settings::standard_roles({"en"});
  return settings == nullptr ? standard : settings->roles;
}

/// Whether the settings have what a role of this scope is given for.
bool is_known(const settings::Settings& settings, settings::RoleScope scope, const std::string& id) {
  const auto& organisation = settings.organisation;
  switch (scope) {
    case settings::RoleScope::chain:
      return id.empty();
    case settings::RoleScope::legal_entity:
      return settings::find_by_id(organisation.legal_entities, id) != nullptr;
    case settings::RoleScope::zone:
      return settings::find_by_id(organisation.zones, id) != nullptr;
    case settings::RoleScope::region:
      return settings::find_by_id(settings.regions, id) != nullptr;
    case settings::RoleScope::area:
      return settings::find_by_id(organisation.areas, id) != nullptr;
    case settings::RoleScope::store:
      return settings.find_store(id) != nullptr;
    case settings::RoleScope::department:
      return settings::find_by_id(settings.form.departments, id) != nullptr;
  }
  return false;
}

/// What is left of grants whose settings nobody can read: headquarters, and only to publish others.
std::vector<Standing> standings_to_publish(const std::vector<RoleGrant>& grants) {
  using settings::Permission;
  std::vector<Standing> standings = standings_of(grants, nullptr);
  std::erase_if(standings, [](const Standing& standing) { return standing.role != "hq"; });
  for (Standing& standing : standings) {
    std::erase_if(standing.permissions, [](Permission permission) {
      return permission != Permission::settings_view && permission != Permission::settings_edit &&
             permission != Permission::settings_publish;
    });
  }
  return standings;
}

}  // namespace

std::vector<Standing> standings_of(const std::vector<RoleGrant>& grants, const settings::Settings* settings) {
  std::vector<Standing> standings;
  for (const RoleGrant& grant : grants) {
    // What was given for an area must not become the chain's because the role's scope was changed.
    if (problem_of_grant(grant, settings)) continue;
    const settings::Role* role = settings::find_by_id(known_roles(settings), grant.role);
    Standing standing{role->id, role->scope, grant.scope, {}, role->permissions};
    if (settings != nullptr) standing.stores = settings->stores_of(role->scope, grant.scope);
    standings.push_back(std::move(standing));
  }
  return standings;
}

std::optional<std::string> problem_of_grant(const RoleGrant& grant, const settings::Settings* settings) {
  const settings::Role* role = settings::find_by_id(known_roles(settings), grant.role);
  if (role == nullptr) return "no such role";
  const std::string scope(domain::to_text(role->scope));
  if (role->scope == settings::RoleScope::chain && !grant.scope.empty())
    return "this role is for the whole chain, it has no scope";
  if (role->scope != settings::RoleScope::chain && grant.scope.empty())
    return "this role needs a " + scope + ", as in " + grant.role + ":ID";
  if (settings != nullptr && !is_known(*settings, role->scope, grant.scope))
    return "the settings know no such " + scope;
  return std::nullopt;
}

std::vector<StaffMember> staff_of(std::vector<User> users, const settings::Settings& settings) {
  std::vector<StaffMember> staff;
  staff.reserve(users.size());
  for (User& user : users) {
    auto standings = standings_of(user.roles, &settings);
    staff.push_back({std::move(user), std::move(standings)});
  }
  return staff;
}

std::vector<Standing> standings_now(const std::vector<RoleGrant>& grants, SettingsProvider& provider) {
  try {
    if (const auto current = provider.current()) return standings_of(grants, &current->settings);
  } catch (const UnreadableSettings&) {
    return standings_to_publish(grants);
  }
  return standings_of(grants, nullptr);
}

}  // namespace ccms::server
