#include "server/store/workspace_store.h"

#include <nlohmann/json.hpp>

namespace ccms::server {
namespace {

using nlohmann::json;

std::vector<std::string> ids_in(const std::string& text) {
  return json::parse(text).get<std::vector<std::string>>();
}

Workspace read_workspace(const db::Row& row) {
  return {row.text("workspace_id"), row.text("name"), ids_in(row.text("departments")),
          ids_in(row.text("stores"))};
}

constexpr const char* kSelect = "SELECT workspace_id, name, departments, stores FROM workspaces ";

}  // namespace

std::vector<std::string> Workspace::scopes_for(settings::RoleScope scope) const {
  if (scope == settings::RoleScope::department) return departments;
  if (scope == settings::RoleScope::store) return stores;
  return {};
}

std::vector<Workspace> WorkspaceStore::list() {
  std::vector<Workspace> workspaces;
  for (const db::Row row : connection_.query(std::string(kSelect) + "ORDER BY name, workspace_id"))
    workspaces.push_back(read_workspace(row));
  return workspaces;
}

std::optional<Workspace> WorkspaceStore::find(const std::string& workspace_id) {
  const db::Rows rows = connection_.query(std::string(kSelect) + "WHERE workspace_id = ?", {workspace_id});
  if (rows.empty()) return std::nullopt;
  return read_workspace(rows.front());
}

void WorkspaceStore::save(const Workspace& workspace) {
  const std::string sql =
      "INSERT INTO workspaces (workspace_id, name, departments, stores) VALUES (?, ?, ?, ?) " +
      connection_.dialect().upsert("workspace_id", {"name", "departments", "stores"});
  connection_.execute(sql, {workspace.workspace_id, workspace.name, json(workspace.departments).dump(),
                            json(workspace.stores).dump()});
}

void WorkspaceStore::remove(const std::string& workspace_id) {
  connection_.execute("DELETE FROM workspaces WHERE workspace_id = ?", {workspace_id});
}

}  // namespace ccms::server
