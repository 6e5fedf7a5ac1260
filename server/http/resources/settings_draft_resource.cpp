#include "server/http/resources/settings_draft_resource.h"

#include <nlohmann/json.hpp>
#include <variant>

#include "core/db/transaction.h"
#include "server/http/problem.h"
#include "server/http/resources/settings_access.h"
#include "server/http/resources/settings_precondition.h"
#include "server/http/resources/settings_view.h"
#include "server/settings/document_check.h"
#include "server/settings/draft_document.h"
#include "server/settings/settings_audit.h"

namespace ccms::server {
namespace {

using domain::Error;
using nlohmann::json;

/// The version that a draft is said to be based on. Without a word: that of the draft it replaces, or the
/// newest.
std::variant<std::int64_t, Response> base_of(const Request& request, VersionTable& versions,
                                             const std::optional<Draft>& former,
                                             const std::optional<VersionRecord>& newest) {
  const auto text = request.query_value("based_on");
  if (!text) return former ? former->based_on : newest ? newest->version : 0;
  const auto number = number_of(*text);
  const bool known = number && (*number == 0 ? !newest : versions.find(*number).has_value());
  if (known) return *number;
  return problem(422, Error{"unknown_version", "there is no such version of the settings", "/based_on"});
}

}  // namespace

void SettingsDraftResource::add_routes(Router& router) {
  using settings::Permission;
  const auto handler = [&](Permission permission,
                           Response (SettingsDraftResource::*answer)(const Request&) const) {
    return with_permission(permission,
                           [this, answer](const Request& request) { return (this->*answer)(request); });
  };
  router.add("GET", "/api/v1/settings/draft", Access::staff_or_client,
             handler(Permission::settings_view, &SettingsDraftResource::show));
  router.add("PUT", "/api/v1/settings/draft", Access::staff_or_client,
             handler(Permission::settings_edit, &SettingsDraftResource::save), settings::kMaxSettingsBytes);
  router.add("DELETE", "/api/v1/settings/draft", Access::staff_or_client,
             handler(Permission::settings_edit, &SettingsDraftResource::discard));
}

Response SettingsDraftResource::show(const Request&) const {
  const db::Lease reader = services_.database.reader();
  auto draft = DraftTable(*reader).load();
  if (!draft) return draft_not_found();
  const auto etag = draft->etag();
  return Response{
      .status = 200, .content_type = "application/json", .body = std::move(draft->document), .headers = {}}
      .with_header("ETag", etag)
      .with_header("Cache-Control", "no-cache");
}

Response SettingsDraftResource::save(const Request& request) const {
  if (const auto problems = problems_of_draft(request.body); !problems.empty()) return refusal(problems);
  using Saved = std::variant<Response, Draft>;
  bool is_new = false;
  auto saved = db::with_transaction(services_.database, [&](db::Connection& connection) -> Saved {
    VersionTable versions(connection);
    const auto newest = versions.lock_newest();
    DraftTable drafts(connection);
    const auto former = drafts.load();
    if (auto refused = unseen_draft(request, former)) return std::move(*refused);
    auto base = base_of(request, versions, former, newest);
    if (auto* refused = std::get_if<Response>(&base)) return std::move(*refused);
    is_new = !former;
    const Instant now = services_.clock.now();
    auto draft =
        drafts.save({request.body, std::get<std::int64_t>(base), "", {}, request.principal.name}, now);
    append_audit(connection, draft_saved(audit_actor(request.principal), draft), now);
    return draft;
  });
  if (auto* refused = std::get_if<Response>(&saved)) return std::move(*refused);
  const auto& draft = std::get<Draft>(saved);
  const db::Lease reader = services_.database.reader();
  const auto check = check_document(*reader, draft.document);
  return json_response(is_new ? 201 : 200, {{"draft", draft_json(draft)},
                                            {"problems", problems_json(check.problems)},
                                            {"more_problems", check.more_problems}})
      .with_header("ETag", draft.etag());
}

Response SettingsDraftResource::discard(const Request& request) const {
  return db::with_transaction(services_.database, [&](db::Connection& connection) -> Response {
    VersionTable(connection).lock_newest();
    DraftTable drafts(connection);
    const auto draft = drafts.load();
    if (auto refused = unseen_draft(request, draft)) return std::move(*refused);
    if (!draft) return draft_not_found();
    drafts.remove();
    append_audit(connection, draft_discarded(audit_actor(request.principal), *draft), services_.clock.now());
    return no_content();
  });
}

}  // namespace ccms::server
