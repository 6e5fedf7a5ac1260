#include "server/http/resources/changes_resource.h"

#include <charconv>
#include <nlohmann/json.hpp>
#include <optional>

#include "server/http/problem.h"
#include "server/store/sql_fragment.h"
#include "server/store/visibility.h"

namespace ccms::server {
namespace {

using nlohmann::json;

constexpr std::int64_t kDefaultRows = 200;
constexpr std::int64_t kMostRows = 1000;

std::optional<std::int64_t> number_of(const std::string& text) {
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size() || number < 0) return std::nullopt;
  return number;
}

json changes_json(db::Connection& connection, const Principal& principal, std::int64_t after,
                  std::int64_t limit) {
  // Read before the rows: whoever is told to go on from here has seen everything up to it.
  const std::int64_t newest =
      connection.query("SELECT COALESCE(MAX(number), 0) AS last FROM changes").front().integer("last");
  SqlFragment sql;
  sql.add(
         "SELECT c.number, c.at, t.ticket_id, t.code, t.version FROM changes c "
         "JOIN tickets t ON t.ticket_id = c.ticket_id WHERE c.departure = 0 AND c.number > ?",
         after)
      .add(" AND c.number <= ?", newest)
      .add(" AND ")
      .add(visible_tickets(principal))
      .add(" ORDER BY c.number LIMIT ?", limit + 1);
  json changes = json::array();
  std::int64_t cursor = after > newest ? after : newest;
  bool more = false;
  for (const db::Row row : connection.query(sql.text, sql.params)) {
    if (static_cast<std::int64_t>(changes.size()) == limit) {
      more = true;
      cursor = changes.back()["number"];
      break;
    }
    changes.push_back({{"number", row.integer("number")},
                       {"ticket_id", row.text("ticket_id")},
                       {"code", row.text("code")},
                       {"version", row.integer("version")},
                       {"at", domain::format_rfc3339(from_epoch_ms(row.integer("at")))}});
  }
  return {{"cursor", cursor}, {"more", more}, {"changes", std::move(changes)}};
}

}  // namespace

void ChangesResource::add_routes(Router& router) {
  router.add("GET", "/api/v1/changes", Access::staff_or_client,
             [this](const Request& request) { return list(request); });
}

Response ChangesResource::list(const Request& request) const {
  const auto after = number_of(request.query_value("after").value_or("0"));
  if (!after)
    return problem(400, domain::Error{"bad_value", "after is a number that an answer gave", "/after"});
  const auto limit = number_of(request.query_value("limit").value_or(std::to_string(kDefaultRows)));
  if (!limit || *limit < 1 || *limit > kMostRows)
    return problem(400, domain::Error{"bad_value", "limit is 1 to 1000", "/limit"});
  const db::Lease reader = services_.database.reader();
  return json_response(200, changes_json(*reader, request.principal, *after, *limit));
}

}  // namespace ccms::server
