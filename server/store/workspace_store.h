#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/db/connection.h"
#include "core/settings/role_settings.h"

namespace ccms::server {

/// A named set of departments and stores, to invite people into.
struct Workspace {
  std::string workspace_id;
  std::string name;
  std::vector<std::string> departments;  ///< ids
  std::vector<std::string> stores;       ///< ids

  /// What of it a role of this scope is given for; empty: nothing.
  std::vector<std::string> scopes_for(settings::RoleScope scope) const;
};

/// Workspaces as the database has them. Functions throw db::DbError.
class WorkspaceStore {
 public:
  explicit WorkspaceStore(db::Connection& connection) : connection_(connection) {}

  /// By name.
  std::vector<Workspace> list();
  std::optional<Workspace> find(const std::string& workspace_id);
  /// Makes it, or overwrites what is there.
  void save(const Workspace& workspace);
  void remove(const std::string& workspace_id);

 private:
  db::Connection& connection_;
};

}  // namespace ccms::server
