#include "server/store/visibility.h"

#include "core/settings/workflow_settings.h"

namespace ccms::server {
namespace {

SqlFragment everything() { return {"1 = 1", {}}; }
SqlFragment nothing() { return {"1 = 0", {}}; }

// Confidential are complaints about a store's people, and which store's is not always the one where they are
// reported: no store sees any.
SqlFragment of_store(const std::string& store) {
  SqlFragment rule;
  rule.add("((t.reported_store = ?", store).add(" OR t.collect_store = ?)", store);
  rule.add(" AND t.confidential = 0)");
  return rule;
}

}  // namespace

SqlFragment visible_tickets(const Principal& principal) {
  if (principal.kind == Principal::Kind::anonymous) return nothing();
  if (principal.kind == Principal::Kind::till) return of_store(principal.store);

  std::vector<std::string> departments;
  std::vector<SqlFragment> alternatives;
  for (const RoleGrant& grant : principal.roles) {
    const auto role = domain::from_text<settings::Role>(grant.role);
    if (!role) continue;  // a role of newer code grants nothing here
    switch (*role) {
      case settings::Role::hq:
        return everything();
      case settings::Role::department_staff:
        departments.push_back(grant.scope);
        break;
      case settings::Role::store_manager:
        alternatives.push_back(of_store(grant.scope));
        break;
    }
  }
  if (!departments.empty()) alternatives.push_back(in_list("t.department", departments));
  if (alternatives.empty()) return nothing();
  SqlFragment rule;
  rule.add("(");
  for (std::size_t i = 0; i < alternatives.size(); ++i) rule.add(i == 0 ? "" : " OR ").add(alternatives[i]);
  rule.add(")");
  return rule;
}

}  // namespace ccms::server
