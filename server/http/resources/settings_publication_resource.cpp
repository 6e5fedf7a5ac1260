#include "server/http/resources/settings_publication_resource.h"

#include <nlohmann/json.hpp>

#include "core/db/transaction.h"
#include "server/http/json_body.h"
#include "server/http/problem.h"
#include "server/http/resources/settings_access.h"
#include "server/http/resources/settings_precondition.h"
#include "server/http/resources/settings_view.h"
#include "server/settings/load_options.h"
#include "server/settings/settings_audit.h"
#include "server/staff/granting.h"

namespace ccms::server {
namespace {

using domain::Error;
using nlohmann::json;

constexpr std::size_t kIdLimit = 64;

StoreGroup read_group(JsonBody& body) {
  return {body.texts("stores", kIdLimit), body.texts("areas", kIdLimit), body.texts("zones", kIdLimit)};
}

std::string location_of(const Response& response) {
  for (const auto& [name, value] : response.headers) {
    if (name == "Location") return value;
  }
  return {};
}

/// 409 with everything that was published since the draft was begun.
Response draft_outdated(VersionTable& versions, const Draft& draft, const VersionRecord& newest) {
  constexpr std::int64_t most = 20;
  json since = json::array();
  const auto in_force = versions.in_force();
  for (const auto& record : versions.page(std::nullopt, most)) {
    if (record.version > draft.based_on) since.push_back(version_json(record, in_force));
  }
  const std::string message = "version " + std::to_string(newest.version) + " was published by " +
                              newest.published_by + " on " + domain::format_rfc3339(newest.published_at) +
                              ", after the draft was begun on version " + std::to_string(draft.based_on);
  return problem(409, Error{"draft_outdated", message, "/based_on"}, {{"published_since", std::move(since)}});
}

Response version_answer(db::Connection& connection, const Publication& publication, int status) {
  if (!publication.ok()) return refusal(publication.problems);
  VersionTable versions(connection);
  const auto record = versions.find(publication.version);
  return json_response(status, {{"version", version_json(*record, versions.in_force())},
                                {"unchanged", publication.unchanged}})
      .with_header("Location", "/api/v1/settings/versions/" + std::to_string(publication.version));
}

/// Empty for a version that there is not.
std::string document_of(db::Connection& connection, std::int64_t version) {
  VersionTable versions(connection);
  return versions.find(version) ? versions.document(version) : std::string();
}

}  // namespace

void SettingsPublicationResource::add_routes(Router& router) {
  const auto add = [&](const char* method, const char* pattern,
                       Response (SettingsPublicationResource::*answer)(const Request&) const) {
    router.add(method, pattern, Access::staff_or_client,
               with_permission(settings::Permission::settings_publish,
                               [this, answer](const Request& request) { return (this->*answer)(request); }));
  };
  add("POST", "/api/v1/settings/draft/publish", &SettingsPublicationResource::publish);
  add("POST", "/api/v1/settings/rollouts", &SettingsPublicationResource::start_rollout);
  add("DELETE", "/api/v1/settings/rollouts/{version}", &SettingsPublicationResource::end_rollout);
  add("POST", "/api/v1/settings/rollback", &SettingsPublicationResource::roll_back);
}

Response SettingsPublicationResource::change(const Request& request, const char* event,
                                             const Change& work) const {
  auto response = change_once(services_, request, IdempotencyKey::optional, work);
  store_settings_.look_again();
  if (response.status < 400) {
    services_.log.info(event, {{"request_id", request.request_id},
                               {"by", request.principal.id},
                               {"location", location_of(response)}});
  }
  return response;
}

std::optional<Response> SettingsPublicationResource::refuse_raise(const Request& request,
                                                                  const std::string& document) const {
  const auto in_force = services_.settings.current();
  const auto next = settings::load_settings(document, settings_load_options());
  if (!in_force || !next.value) return std::nullopt;  // what is wrong with a document is said elsewhere
  const auto problems = raises_beyond(request.principal.standings, in_force->settings, *next.value);
  if (problems.empty()) return std::nullopt;
  return refusal(problems);
}

Response SettingsPublicationResource::publish(const Request& request) const {
  JsonBody body(request.body);
  PublicationWish wish{
      request.principal.name, body.optional_text("note", kVersionNoteLimit).value_or(""), {}};
  if (const auto group = read_group(body); !group.empty()) wish.stores = group;
  if (const auto errors = body.finish(); !errors.empty())
    return refuse_once(services_, request, IdempotencyKey::optional, problem(422, errors));
  return change(request, "settings_published", [&](db::Connection& connection) -> Response {
    VersionTable versions(connection);
    const auto newest = versions.lock_newest();
    const auto draft = DraftTable(connection).load();
    if (auto refused = unseen_draft(request, draft)) return std::move(*refused);
    if (!draft) return draft_not_found();
    if (newest && draft->based_on != newest->version) return draft_outdated(versions, *draft, *newest);
    if (auto refused = refuse_raise(request, draft->document)) return std::move(*refused);
    const Instant now = services_.clock.now();
    const auto published = publish_document(connection, draft->document, wish, now);
    if (published.ok()) DraftTable(connection).remove();
    audit_publication(connection, audit_actor(request.principal), "settings.published", published, wish, now);
    return version_answer(connection, published, 201);
  });
}

Response SettingsPublicationResource::start_rollout(const Request& request) const {
  JsonBody body(request.body);
  const auto version = body.required_number("version");
  const auto group = read_group(body);
  const bool everyone = body.flag("everyone");
  if (everyone && !group.empty())
    body.fail("bad_value", "everyone leaves no stores, areas or zones to name", "/everyone");
  if (const auto errors = body.finish(); !errors.empty())
    return refuse_once(services_, request, IdempotencyKey::optional, problem(422, errors));
  PublicationWish wish{request.principal.name, "", std::nullopt};
  if (!everyone) wish.stores = group;
  return change(request, everyone ? "settings_rollout_finished" : "settings_rollout_started",
                [&](db::Connection& connection) -> Response {
                  if (auto refused = refuse_raise(request, document_of(connection, version)))
                    return std::move(*refused);
                  const Instant now = services_.clock.now();
                  const auto given = roll_out(connection, version, wish, now);
                  audit_publication(connection, audit_actor(request.principal), "settings.rolled_out", given,
                                    wish, now);
                  return version_answer(connection, given, 200);
                });
}

Response SettingsPublicationResource::end_rollout(const Request& request) const {
  const auto version = number_of(request.param("version"));
  if (!version) return version_not_found();
  auto response = db::with_transaction(services_.database, [&](db::Connection& connection) -> Response {
    const Instant now = services_.clock.now();
    const StoreGroup stores{request.query_values("store"), {}, {}};
    const auto ended = server::end_rollout(connection, *version, stores.stores, now);
    audit_publication(connection, audit_actor(request.principal), "settings.rollout_ended", ended,
                      {request.principal.name, "", stores}, now);
    return ended.ok() ? no_content() : refusal(ended.problems);
  });
  store_settings_.look_again();
  if (response.status < 400)
    services_.log.info(
        "settings_rollout_ended",
        {{"request_id", request.request_id}, {"by", request.principal.id}, {"version", *version}});
  return response;
}

Response SettingsPublicationResource::roll_back(const Request& request) const {
  JsonBody body(request.body);
  const auto to = body.required_number("to");
  const auto note = body.optional_text("note", kVersionNoteLimit).value_or("");
  if (const auto errors = body.finish(); !errors.empty())
    return refuse_once(services_, request, IdempotencyKey::optional, problem(422, errors));
  const PublicationWish wish{request.principal.name, note, std::nullopt};
  return change(request, "settings_rolled_back", [&](db::Connection& connection) -> Response {
    if (auto refused = refuse_raise(request, document_of(connection, to))) return std::move(*refused);
    const Instant now = services_.clock.now();
    const auto published = server::roll_back(connection, to, wish, now);
    audit_publication(connection, audit_actor(request.principal), "settings.rolled_back", published, wish,
                      now);
    return version_answer(connection, published, 201);
  });
}

}  // namespace ccms::server
