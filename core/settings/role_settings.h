#pragma once

#include <array>
#include <string>
#include <vector>

#include "core/domain/enum_text.h"
#include "core/settings/text.h"

/// The roles that a chain gives its people. What a role may do to a ticket is said by the workflows'
/// transitions; a role's permissions are about everything else.
namespace ccms::settings {

/// What somebody who is given a role is given it for.
enum class RoleScope { chain, legal_entity, zone, region, area, store, department };

enum class Permission {
  tickets_view,
  tickets_create,
  tickets_comment,
  tickets_confidential,   ///< to see what is about a store's people
  tickets_for_customers,  ///< a program: to act as the customer whose ticket it is
  settings_view,
  settings_edit,
  settings_publish,
  people_view,
  people_invite,
  people_change,
  people_remove,
  audit_view
};

struct Role {
  std::string id;
  Text name;
  RoleScope scope = RoleScope::chain;
  std::vector<Permission> permissions;

  bool may(Permission permission) const noexcept;
};

/// The roles of a chain that has made none of its own: department_staff, store_manager and hq.
std::vector<Role> standard_roles(const std::vector<std::string>& languages);

}  // namespace ccms::settings

namespace ccms::domain {

template <>
inline constexpr std::array kEnumNames<settings::RoleScope> = {
    EnumName<settings::RoleScope>{settings::RoleScope::chain, "chain"},
    EnumName<settings::RoleScope>{settings::RoleScope::legal_entity, "legal_entity"},
    EnumName<settings::RoleScope>{settings::RoleScope::zone, "zone"},
    EnumName<settings::RoleScope>{settings::RoleScope::region, "region"},
    EnumName<settings::RoleScope>{settings::RoleScope::area, "area"},
    EnumName<settings::RoleScope>{settings::RoleScope::store, "store"},
    EnumName<settings::RoleScope>{settings::RoleScope::department, "department"},
};

template <>
inline constexpr std::array kEnumNames<settings::Permission> = {
    EnumName<settings::Permission>{settings::Permission::tickets_view, "tickets.view"},
    EnumName<settings::Permission>{settings::Permission::tickets_create, "tickets.create"},
    EnumName<settings::Permission>{settings::Permission::tickets_comment, "tickets.comment"},
    EnumName<settings::Permission>{settings::Permission::tickets_confidential, "tickets.confidential"},
    EnumName<settings::Permission>{settings::Permission::tickets_for_customers, "tickets.for_customers"},
    EnumName<settings::Permission>{settings::Permission::settings_view, "settings.view"},
    EnumName<settings::Permission>{settings::Permission::settings_edit, "settings.edit"},
    EnumName<settings::Permission>{settings::Permission::settings_publish, "settings.publish"},
    EnumName<settings::Permission>{settings::Permission::people_view, "people.view"},
    EnumName<settings::Permission>{settings::Permission::people_invite, "people.invite"},
    EnumName<settings::Permission>{settings::Permission::people_change, "people.change"},
    EnumName<settings::Permission>{settings::Permission::people_remove, "people.remove"},
    EnumName<settings::Permission>{settings::Permission::audit_view, "audit.view"},
};

}  // namespace ccms::domain
