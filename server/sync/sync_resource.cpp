#include "server/sync/sync_resource.h"

#include <charconv>
#include <nlohmann/json.hpp>

#include "core/wire/signing.h"
#include "server/http/problem.h"
#include "server/http/resources/ticket_query.h"
#include "server/http/resources/viewer_time_zone.h"
#include "server/http/resources/with_settings.h"
#include "server/sync/till_changes.h"
#include "server/sync/till_view.h"

namespace ccms::server {
namespace {

using nlohmann::json;

constexpr std::int64_t kMostChanges = 500;
constexpr std::int64_t kUsualChanges = 200;
constexpr std::size_t kMostTickets = 50;
/// Base64 and JSON around a batch of captures.
constexpr std::size_t kMaxBatchBody = wire::kBatchBytesLimit;

Response json_body(std::string body) {
  return {.status = 200, .content_type = "application/json", .body = std::move(body), .headers = {}};
}

/// A query parameter as a whole number within limits; nothing when it is something else.
std::optional<std::int64_t> number(const Request& request, const char* name, std::int64_t fallback,
                                   std::int64_t least, std::int64_t most) {
  const auto text = request.query_value(name);
  if (!text) return fallback;
  std::int64_t value = 0;
  const auto* end = text->data() + text->size();
  const auto [stopped_at, failure] = std::from_chars(text->data(), end, value);
  if (failure != std::errc() || stopped_at != end || value < least || value > most) return std::nullopt;
  return value;
}

Response bad_parameter(const char* name) {
  return problem(422, domain::Error{"bad_value", "not a number in range", std::string("/") + name});
}

}  // namespace

void SyncResource::add_routes(Router& router) {
  const auto guarded = [this](Answer answer) {
    return [this, answer](const Request& request) { return with_enabled_till(request, answer); };
  };
  router.add(
      "POST", "/api/v1/sync/captures", Access::till,
      [this](const Request& request) { return take_captures(request); }, kMaxBatchBody);
  router.add("GET", "/api/v1/sync/changes", Access::till, guarded(&SyncResource::changes));
  router.add("GET", "/api/v1/sync/tickets", Access::till, guarded(&SyncResource::find_tickets));
  router.add("GET", "/api/v1/sync/tickets/{code}", Access::till, guarded(&SyncResource::ticket));
  router.add("GET", "/api/v1/sync/settings", Access::till,
             [this](const Request& request) { return settings(request); });
}

Response SyncResource::with_enabled_till(const Request& request, Answer answer) {
  return with_settings(services_, [&](const PublishedSettings& published) {
    // Whether CCMS is on is what its own settings say to the till; the answer is the server's.
    const auto of_till = store_settings_.for_store(request.principal.store);
    if (!of_till || !of_till->settings.till_enabled(request.principal.id)) {
      return problem(403, domain::Error{"ccms_disabled", "CCMS is switched off for this till", ""});
    }
    return (this->*answer)(request, published);
  });
}

Response SyncResource::take_captures(const Request& request) {
  const auto batch = wire::parse_capture_batch(request.body);
  if (!batch.ok()) return problem(422, batch.errors);
  return json_body(wire::build(ingest_.take(request.principal, *batch)));
}

Response SyncResource::changes(const Request& request, const PublishedSettings& published) {
  const auto cursor = number(request, "cursor", 0, 0, std::numeric_limits<std::int64_t>::max());
  if (!cursor) return bad_parameter("cursor");
  const auto limit = number(request, "limit", kUsualChanges, 1, kMostChanges);
  if (!limit) return bad_parameter("limit");
  const auto lease = services_.database.reader();
  return json_body(
      wire::build(changes_for_store(*lease, published.settings, request.principal.store, *cursor, *limit)));
}

Response SyncResource::find_tickets(const Request& request, const PublishedSettings& published) {
  auto query =
      read_ticket_query(request.query, published.settings,
                        viewer_time_zone(request.principal, published.settings), services_.clock.now());
  if (!query.errors.empty()) return problem(422, query.errors);
  query.filter.limit = std::min(query.filter.limit, kMostTickets);
  const auto lease = services_.database.reader();
  const auto page = TicketSearch(*lease, request.principal).page(query.filter);
  json tickets = json::array();
  for (const auto& row : page.rows) tickets.push_back(till_summary(row, published.settings));
  return json_response(200, {{"tickets", std::move(tickets)}});
}

Response SyncResource::ticket(const Request& request, const PublishedSettings& published) {
  // A code is unguessable and on the customer's slip: whoever shows it may be helped in any store of the
  // chain.
  const auto code = domain::TicketCode::parse(request.param("code"));
  if (!code.ok()) return ticket_not_found();
  const auto lease = services_.database.reader();
  // A ticket that was merged into a confidential one answers for itself here.
  for (const auto& ticket_id : tickets_of_code(*lease, code->str())) {
    const auto found = load_ticket(*lease, ticket_id);
    if (found && !found->confidential)
      return json_response(200, {{"ticket", till_ticket(*found, published.settings)}});
  }
  return ticket_not_found();
}

Response SyncResource::settings(const Request& request) {
  return with_settings(services_, [&](const PublishedSettings&) {
    const auto published = store_settings_.for_store(request.principal.store);
    const auto bundle = published ? bundles_.bundle(*published, request.principal.store) : nullptr;
    if (!bundle)
      return problem(404, domain::Error{"unknown_store", "the settings do not know this till's store", ""});
    Response response = json_body("");
    response.with_header("ETag", bundle->etag).with_header("Cache-Control", "no-cache");
    if (request.header("If-None-Match") == bundle->etag) {
      response.status = 304;
      return response;
    }
    response.body = bundle->body;
    return response.with_header(std::string(wire::kBundleSignatureHeader), bundle->signature);
  });
}

}  // namespace ccms::server
