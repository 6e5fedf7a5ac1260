#include "core/settings/role_settings.h"

#include <algorithm>

namespace ccms::settings {
namespace {

using enum Permission;

/// A chain whose languages are others gives its roles names of its own.
Text named(const std::vector<std::string>& languages, const char* english, const char* german) {
  std::vector<Text::Translation> translations;
  for (const std::string& language : languages)
    translations.emplace_back(language, language == "de" ? german : english);
  return Text(std::move(translations));
}

}  // namespace

bool Role::may(Permission permission) const noexcept {
  return std::find(permissions.begin(), permissions.end(), permission) != permissions.end();
}

std::vector<Role> standard_roles(const std::vector<std::string>& languages) {
  return {{"department_staff",
           named(languages, "Department staff", "Fachabteilung"),
           RoleScope::department,
           {tickets_view, tickets_create, tickets_comment, tickets_confidential}},
          {"store_manager",
           named(languages, "Store manager", "Filialleitung"),
           RoleScope::store,
           {tickets_view, tickets_create, tickets_comment}},
          {"hq",
           named(languages, "Headquarters", "Zentrale"),
           RoleScope::chain,
           {tickets_view, tickets_create, tickets_comment, tickets_confidential, tickets_for_customers,
            settings_view, settings_edit, settings_publish, people_view, people_invite, people_change,
            people_remove, audit_view}}};
}

}  // namespace ccms::settings
