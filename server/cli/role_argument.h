#pragma once

#include <optional>
#include <string>
#include <vector>

#include "server/http/principal.h"
#include "server/settings/published_settings.h"

namespace ccms::server {

/// Reads roles as they are typed: "hq", "department_staff:repairs", "store_manager:S001"; checked against the
/// settings when there are any. Nothing, with the reason on standard error, when one of them is no role.
std::optional<std::vector<RoleGrant>> parse_roles_or_complain(const std::vector<std::string>& texts,
                                                              const PublishedSettings* published);

/// Roles as they are typed, with blanks between.
std::string typed_roles(const std::vector<RoleGrant>& roles);

}  // namespace ccms::server
