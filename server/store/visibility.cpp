#include "server/store/visibility.h"

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace ccms::server {
namespace {

SqlFragment everything() { return {"1 = 1", {}}; }
SqlFragment nothing() { return {"1 = 0", {}}; }

// Where a ticket was reported, and where it is to be collected.
SqlFragment of_stores(const std::vector<std::string>& stores) {
  SqlFragment rule;
  rule.add("(").add(in_list("t.reported_store", stores)).add(" OR ").add(in_list("t.collect_store", stores));
  return rule.add(")");
}

// Confidential are complaints about a store's people, and which store's is not always the one where they are
// reported: no store sees any.
SqlFragment not_confidential(const SqlFragment& rule) {
  SqlFragment both;
  return both.add("(").add(rule).add(" AND t.confidential = 0)");
}

SqlFragment any_of(const std::vector<SqlFragment>& alternatives) {
  SqlFragment rule;
  rule.add("(");
  for (std::size_t i = 0; i < alternatives.size(); ++i) rule.add(i == 0 ? "" : " OR ").add(alternatives[i]);
  return rule.add(")");
}

/// What standings that see, or do not see, confidential tickets hold together.
std::optional<SqlFragment> held_by(const Principal& principal, bool confidential) {
  std::vector<std::string> departments;
  std::vector<std::string> stores;
  for (const Standing& standing : principal.standings) {
    if (!standing.may(settings::Permission::tickets_view) ||
        standing.may(settings::Permission::tickets_confidential) != confidential)
      continue;
    if (standing.scope == settings::RoleScope::chain) return everything();
    if (standing.scope == settings::RoleScope::department) departments.push_back(standing.at);
    stores.insert(stores.end(), standing.stores.begin(), standing.stores.end());
  }
  std::vector<SqlFragment> alternatives;
  if (!departments.empty()) alternatives.push_back(in_list("t.department", departments));
  if (!stores.empty()) alternatives.push_back(of_stores(stores));
  if (alternatives.empty()) return std::nullopt;
  return any_of(alternatives);
}

}  // namespace

SqlFragment visible_tickets(const Principal& principal) {
  if (principal.kind == Principal::Kind::anonymous) return nothing();
  if (principal.kind == Principal::Kind::till) return not_confidential(of_stores({principal.store}));
  std::vector<SqlFragment> alternatives;
  if (auto all = held_by(principal, true)) alternatives.push_back(std::move(*all));
  if (auto open = held_by(principal, false)) alternatives.push_back(not_confidential(*open));
  return alternatives.empty() ? nothing() : any_of(alternatives);
}

}  // namespace ccms::server
