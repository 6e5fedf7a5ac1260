#pragma once

#include <string>
#include <vector>

#include "core/settings/problems.h"
#include "core/settings/settings.h"
#include "server/http/principal.h"

namespace ccms::server {

/// Whether everything that one standing is about lies within another one, and will whatever stores open: the
/// chain holds all; a zone or a region its areas and stores; an area or a legal entity its stores.
bool covers(const Standing& wide, const Standing& narrow, const settings::Settings& settings);

/// Whether somebody with these standings has a permission about people for everything that a member with
/// `grants` is: for the chain, or for what each grant is given for. Who has no known role belongs to nothing:
/// to look after them takes the permission for the chain.
bool may_look_after(const std::vector<Standing>& own, settings::Permission permission,
                    const std::vector<RoleGrant>& grants, const settings::Settings& settings);

/// Whether somebody may give these roles, and so take them away as well: `permission` must hold for what each
/// is given for, and so must every permission that it brings: nobody raises anybody above themselves.
bool may_give(const std::vector<Standing>& own, settings::Permission permission,
              const std::vector<RoleGrant>& grants, const settings::Settings& settings);

/// Whether this is one of those without whom nobody could mend the settings or anybody's roles.
bool is_admin(const std::vector<RoleGrant>& grants, const settings::Settings& settings);

/// What somebody with these standings would give to the holders of a role by publishing `next`, though they
/// do not have it for the whole chain themselves: one problem (beyond_own_permissions, /roles/N/permissions)
/// for each permission that a role gains. A role that is new has no holders yet.
std::vector<settings::Problem> raises_beyond(const std::vector<Standing>& own,
                                             const settings::Settings& former,
                                             const settings::Settings& next);

}  // namespace ccms::server
