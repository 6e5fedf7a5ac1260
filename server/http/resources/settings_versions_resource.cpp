#include "server/http/resources/settings_versions_resource.h"

#include <nlohmann/json.hpp>

#include "server/http/problem.h"
#include "server/http/resources/settings_access.h"
#include "server/http/resources/settings_view.h"

namespace ccms::server {
namespace {

using domain::Error;
using nlohmann::json;

constexpr std::int64_t kUsualVersions = 100;
constexpr std::int64_t kMostVersions = 500;

/// The document that a version's number, or the word draft, stands for; empty when there is none.
std::string document_of(db::Connection& connection, const std::optional<std::int64_t>& version) {
  if (version) return VersionTable(connection).document(*version);
  const auto draft = DraftTable(connection).load();
  return draft ? draft->document : "";
}

Response no_such_target(bool is_draft) {
  if (is_draft) return draft_not_found();
  return problem(404, Error{"not_found", "there is no such version of the settings", "/to"});
}

}  // namespace

void SettingsVersionsResource::add_routes(Router& router) {
  const auto add = [&](const char* pattern,
                       Response (SettingsVersionsResource::*answer)(const Request&) const) {
    router.add("GET", pattern, Access::staff_or_client,
               with_permission(settings::Permission::settings_view,
                               [this, answer](const Request& request) { return (this->*answer)(request); }));
  };
  add("/api/v1/settings/versions", &SettingsVersionsResource::list);
  add("/api/v1/settings/versions/{version}", &SettingsVersionsResource::show);
  add("/api/v1/settings/versions/{version}/difference", &SettingsVersionsResource::compare);
}

Response SettingsVersionsResource::list(const Request& request) const {
  const auto limit = number_of(request.query_value("limit").value_or(std::to_string(kUsualVersions)));
  if (!limit || *limit < 1 || *limit > kMostVersions)
    return problem(400, Error{"bad_value", "limit is 1 to 500", "/limit"});
  const auto before_text = request.query_value("before");
  const auto before = before_text ? number_of(*before_text) : std::nullopt;
  if (before_text && !before)
    return problem(400, Error{"bad_value", "before is a version's number", "/before"});

  const db::Lease reader = services_.database.reader();
  VersionTable table(*reader);
  const auto in_force = table.in_force();
  const auto records = table.page(before, *limit);
  json answer = {{"in_force", in_force}, {"versions", json::array()}};
  for (const auto& record : records) answer["versions"].push_back(version_json(record, in_force));
  if (static_cast<std::int64_t>(records.size()) == *limit) answer["next"] = records.back().version;
  if (const auto draft = DraftTable(*reader).load()) answer["draft"] = draft_json(*draft);
  return json_response(200, answer);
}

Response SettingsVersionsResource::show(const Request& request) const {
  const auto version = number_of(request.param("version"));
  if (!version) return version_not_found();
  const db::Lease reader = services_.database.reader();
  VersionTable table(*reader);
  const auto record = table.find(*version);
  if (!record) return version_not_found();
  return Response{
      .status = 200, .content_type = "application/json", .body = table.document(*version), .headers = {}}
      .with_header("ETag", '"' + record->digest + '"');
}

Response SettingsVersionsResource::compare(const Request& request) const {
  const auto from = number_of(request.param("version"));
  if (!from) return version_not_found();
  const auto asked = request.query_value("to").value_or("");
  const auto to = number_of(asked);
  if (!to && asked != "draft")
    return problem(400, Error{"bad_value", "to is a version's number, or draft", "/to"});
  std::string former;
  std::string next;
  {
    const db::Lease reader = services_.database.reader();
    former = document_of(*reader, from);
    next = document_of(*reader, to);
  }
  if (former.empty()) return version_not_found();
  if (next.empty()) return no_such_target(!to);
  const auto changes = settings::difference(json::parse(former), json::parse(next));
  return json_response(
      200, {{"from", *from}, {"to", to ? json(*to) : json("draft")}, {"changes", changes_json(changes)}});
}

}  // namespace ccms::server
