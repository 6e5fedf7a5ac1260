#include "server/http/resources/workspaces_resource.h"

#include <algorithm>
#include <cctype>
#include <nlohmann/json.hpp>
#include <string>

#include "core/db/transaction.h"
#include "core/domain/text.h"
#include "server/http/json_body.h"
#include "server/http/problem.h"
#include "server/http/resources/settings_access.h"
#include "server/http/resources/with_settings.h"
#include "server/store/audit_log.h"
#include "server/store/workspace_store.h"

namespace ccms::server {
namespace {

using domain::Error;
using nlohmann::json;
using settings::Permission;

constexpr std::size_t kIdLimit = 64;

json workspace_json(const Workspace& workspace) {
  return {{"id", workspace.workspace_id},
          {"name", workspace.name},
          {"departments", workspace.departments},
          {"stores", workspace.stores}};
}

bool is_id(const std::string& text) {
  return !text.empty() && text.size() <= kIdLimit &&
         std::all_of(text.begin(), text.end(), [](unsigned char byte) {
           return std::isalnum(byte) != 0 || byte == '_' || byte == '-' || byte == '.';
         });
}

void check_ids(JsonBody& body, const Workspace& workspace, const settings::Settings& settings) {
  const auto refuse = [&](const char* list, std::size_t i, const char* message) {
    body.fail("unknown_reference", message, "/" + std::string(list) + "/" + std::to_string(i));
  };
  for (std::size_t i = 0; i < workspace.departments.size(); ++i) {
    if (settings::find_by_id(settings.form.departments, workspace.departments[i]) == nullptr)
      refuse("departments", i, "the settings know no such department");
  }
  for (std::size_t i = 0; i < workspace.stores.size(); ++i) {
    if (settings.find_store(workspace.stores[i]) == nullptr)
      refuse("stores", i, "the settings know no such store");
  }
  if (workspace.departments.empty() && workspace.stores.empty())
    body.fail("missing_field", "a workspace has a department or a store", "/departments");
}

AuditEntry entry_of(const Request& request, const char* action, const Workspace& workspace) {
  return {audit_actor(request.principal), action, "workspace", workspace.workspace_id,
          workspace_json(workspace)};
}

bool may_see(const Principal& principal) {
  return std::any_of(principal.standings.begin(), principal.standings.end(), [](const Standing& standing) {
    return standing.may(Permission::people_view) || standing.may(Permission::people_invite);
  });
}

}  // namespace

void WorkspacesResource::add_routes(Router& router) {
  router.add("GET", "/api/v1/workspaces", Access::staff_or_client,
             [this](const Request& request) { return list(request); });
  router.add(
      "PUT", "/api/v1/workspaces/{id}", Access::staff_or_client,
      with_permission(Permission::people_change, [this](const Request& request) { return save(request); }));
  router.add(
      "DELETE", "/api/v1/workspaces/{id}", Access::staff_or_client,
      with_permission(Permission::people_change, [this](const Request& request) { return remove(request); }));
}

Response WorkspacesResource::list(const Request& request) const {
  if (!may_see(request.principal))
    return problem(403, Error{"forbidden", "this needs the permission people.view or people.invite", ""});
  const db::Lease reader = services_.database.reader();
  json workspaces = json::array();
  for (const Workspace& workspace : WorkspaceStore(*reader).list())
    workspaces.push_back(workspace_json(workspace));
  return json_response(200, {{"workspaces", std::move(workspaces)}});
}

Response WorkspacesResource::save(const Request& request) const {
  return with_settings(services_, [&](const PublishedSettings& published) -> Response {
    JsonBody body(request.body);
    const Workspace workspace{request.param("id"), body.required_text("name", domain::kNameLimit),
                              body.texts("departments", kIdLimit), body.texts("stores", kIdLimit)};
    if (!is_id(workspace.workspace_id))
      body.fail("bad_value", "an id has letters, digits, '_', '-' and '.' alone, at most 64", "/id");
    check_ids(body, workspace, published.settings);
    if (const auto errors = body.finish(); !errors.empty()) return problem(422, errors);
    return db::with_transaction(services_.database, [&](db::Connection& connection) {
      WorkspaceStore(connection).save(workspace);
      append_audit(connection, entry_of(request, "workspace.saved", workspace), services_.clock.now());
      return json_response(200, {{"workspace", workspace_json(workspace)}});
    });
  });
}

Response WorkspacesResource::remove(const Request& request) const {
  return db::with_transaction(services_.database, [&](db::Connection& connection) -> Response {
    const auto workspace = WorkspaceStore(connection).find(request.param("id"));
    if (!workspace) return problem(404, Error{"not_found", "there is no such workspace", ""});
    WorkspaceStore(connection).remove(workspace->workspace_id);
    append_audit(connection, entry_of(request, "workspace.removed", *workspace), services_.clock.now());
    return no_content();
  });
}

}  // namespace ccms::server
