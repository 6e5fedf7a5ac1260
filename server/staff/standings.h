#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/settings/settings.h"
#include "server/http/principal.h"
#include "server/settings/published_settings.h"
#include "server/staff/user.h"

namespace ccms::server {

/// What grants amount to under these settings; one that could not be given today (problem_of_grant()) amounts
/// to nothing. Without settings the standard roles are known, so that headquarters can publish the first
/// ones.
std::vector<Standing> standings_of(const std::vector<RoleGrant>& grants, const settings::Settings* settings);

/// Under the settings in force; where none are published, as without. Where this program cannot read them,
/// headquarters may see, edit and publish settings, and nobody may do anything else.
/// Throws db::DbError. Borrows a connection: call it while holding none.
std::vector<Standing> standings_now(const std::vector<RoleGrant>& grants, SettingsProvider& settings);

/// Somebody, and what they are under these settings.
struct StaffMember {
  User user;
  std::vector<Standing> standings;
};
std::vector<StaffMember> staff_of(std::vector<User> users, const settings::Settings& settings);

/// Why a grant cannot be given, in words; nothing when it can.
std::optional<std::string> problem_of_grant(const RoleGrant& grant, const settings::Settings* settings);

}  // namespace ccms::server
