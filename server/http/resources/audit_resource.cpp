#include "server/http/resources/audit_resource.h"

#include <nlohmann/json.hpp>
#include <utility>

#include "core/domain/time.h"
#include "server/http/problem.h"
#include "server/http/resources/settings_access.h"
#include "server/http/resources/settings_view.h"
#include "server/store/audit_log.h"

namespace ccms::server {
namespace {

using domain::Error;
using nlohmann::json;

constexpr std::int64_t kUsualEntries = 100;
constexpr std::int64_t kMostEntries = 500;

json record_json(const AuditRecord& record) {
  const AuditEntry& entry = record.entry;
  return {{"number", record.number},
          {"at", domain::format_rfc3339(record.at)},
          {"actor", {{"kind", entry.actor.kind}, {"id", entry.actor.id}, {"name", entry.actor.name}}},
          {"via", entry.actor.via},
          {"action", entry.action},
          {"subject", {{"kind", entry.subject_kind}, {"id", entry.subject_id}}},
          {"details", entry.details}};
}

/// Reads a moment of the query; false when it is none.
bool read_instant(const Request& request, const char* name, std::optional<Instant>& target) {
  const auto text = request.query_value(name);
  if (!text) return true;
  const auto instant = domain::parse_rfc3339(*text);
  if (!instant) return false;
  target = *instant;
  return true;
}

Response bad_value(const std::string& name, const std::string& message) {
  return problem(400, Error{"bad_value", message, "/" + name});
}

}  // namespace

void AuditResource::add_routes(Router& router) {
  router.add("GET", "/api/v1/audit", Access::staff_or_client,
             with_permission(settings::Permission::audit_view,
                             [this](const Request& request) { return list(request); }));
}

Response AuditResource::list(const Request& request) const {
  AuditFilter filter;
  for (const auto& [name, target] : {std::pair{"from", &filter.from}, std::pair{"to", &filter.to}}) {
    if (!read_instant(request, name, *target))
      return bad_value(name, std::string(name) + " is a time as 2026-11-27T00:00:00.000Z");
  }
  filter.actor = request.query_value("actor");
  filter.actions = request.query_values("action");
  filter.subject = request.query_value("subject");
  if (const auto cursor = request.query_value("cursor")) {
    filter.below = number_of(*cursor);
    if (!filter.below) return bad_value("cursor", "cursor is what an answer gave as next_cursor");
  }
  const auto limit = number_of(request.query_value("limit").value_or(std::to_string(kUsualEntries)));
  if (!limit || *limit < 1 || *limit > kMostEntries) return bad_value("limit", "limit is 1 to 500");

  const db::Lease reader = services_.database.reader();
  auto records = read_audit(*reader, filter, *limit + 1);
  const bool more = static_cast<std::int64_t>(records.size()) > *limit;
  if (more) records.pop_back();
  json answer = {{"entries", json::array()}};
  for (const AuditRecord& record : records) answer["entries"].push_back(record_json(record));
  if (more) answer["next_cursor"] = std::to_string(records.back().number);
  return json_response(200, answer);
}

}  // namespace ccms::server
