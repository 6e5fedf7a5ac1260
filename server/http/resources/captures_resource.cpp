#include "server/http/resources/captures_resource.h"

#include <algorithm>
#include <charconv>
#include <nlohmann/json.hpp>

#include "core/domain/encoding.h"
#include "server/http/problem.h"
#include "server/staff/roles.h"

namespace ccms::server {
namespace {

using nlohmann::json;

constexpr int kMostRows = 500;
constexpr std::size_t kDigestSymbols = 64;

json view(const db::Row& row) {
  json capture = {{"till", row.text("till")},
                  {"outcome", row.text("outcome")},
                  {"sha256", row.text("digest")},
                  {"received_at", domain::format_rfc3339(from_epoch_ms(row.integer("received_at")))},
                  {"capture", domain::base64_encode(row.blob("capture"))}};
  for (const char* text : {"event_id", "ticket_id", "problem"})
    if (const auto value = row.optional_text(text)) capture[text] = *value;
  for (const char* number : {"epoch", "seq"})
    if (const auto value = row.optional_integer(number)) capture[number] = *value;
  return capture;
}

}  // namespace

void CapturesResource::add_routes(Router& router) {
  router.add("GET", "/api/v1/captures", Access::staff_or_client,
             [this](const Request& request) { return list(request); });
}

// The digest is the key and the cursor: an order that says nothing, but that never moves.
Response CapturesResource::list(const Request& request) const {
  // A capture is a ticket's content, whole and unmasked.
  if (!request.principal.may_everywhere(settings::Permission::audit_view) ||
      !sees_every_ticket(request.principal))
    return problem(403, domain::Error{"forbidden", "captures are for headquarters", {}});
  const std::string after = request.query_value("after").value_or("");
  if (!after.empty() && (after.size() != kDigestSymbols || !domain::hex_decode(after)))
    return problem(400, domain::Error{"bad_value", "after is a cursor that an answer gave", "/after"});
  const std::string asked = request.query_value("limit").value_or("100");
  int limit = 0;
  const auto [end, error] = std::from_chars(asked.data(), asked.data() + asked.size(), limit);
  if (error != std::errc() || end != asked.data() + asked.size() || limit < 1 || limit > kMostRows)
    return problem(400, domain::Error{"bad_value", "limit is 1 to 500", "/limit"});

  const db::Lease reader = services_.database.reader();
  const db::Rows rows = reader->query(
      "SELECT digest, event_id, ticket_id, till, epoch, seq, outcome, problem, capture, received_at FROM "
      "captures "
      "WHERE digest > ? ORDER BY digest LIMIT ?",
      {after, limit});
  json captures = json::array();
  for (const db::Row row : rows) captures.push_back(view(row));
  json answer = {{"captures", std::move(captures)}};
  if (rows.size() == static_cast<std::size_t>(limit))
    answer["next"] = rows.at(rows.size() - 1).text("digest");
  return json_response(200, answer);
}

}  // namespace ccms::server
