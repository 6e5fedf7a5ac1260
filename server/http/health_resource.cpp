#include "server/http/health_resource.h"

#include <nlohmann/json.hpp>

#include "server/http/problem.h"

namespace ccms::server {
namespace {

double notifications_in(db::Database& database, const char* state) {
  const auto lease = database.reader();
  return static_cast<double>(
      lease->query("SELECT COUNT(*) AS n FROM notifications WHERE state = ?", {state}).front().integer("n"));
}

/// How long the message has waited that waits longest; 0 when none does.
double oldest_unsent_seconds(db::Database& database, Instant now) {
  const auto lease = database.reader();
  const auto rows =
      lease->query("SELECT MIN(created_at) AS oldest FROM notifications WHERE state = 'pending'");
  const auto oldest = rows.front().optional_integer("oldest");
  const std::chrono::duration<double> waited = oldest ? now - from_epoch_ms(*oldest) : Instant::duration(0);
  return waited.count();
}

double unnumbered_changes(db::Database& database) {
  const auto lease = database.reader();
  return static_cast<double>(
      lease->query("SELECT COUNT(*) AS n FROM changes WHERE number IS NULL").front().integer("n"));
}

}  // namespace

HealthResource::HealthResource(const Services& services) : services_(services) {
  auto& metrics = services_.metrics;
  auto& database = services_.database;
  metrics.gauge("ccms_db_connections_in_use",
                [&database] { return static_cast<double>(database.writer_stats().in_use); });
  metrics.gauge("ccms_db_waits", [&database] { return static_cast<double>(database.writer_stats().waits); });
  metrics.gauge("ccms_db_timeouts",
                [&database] { return static_cast<double>(database.writer_stats().timeouts); });
  metrics.gauge("ccms_notifications_pending", [&database] { return notifications_in(database, "pending"); });
  metrics.gauge("ccms_notifications_dead", [&database] { return notifications_in(database, "dead"); });
  metrics.gauge("ccms_notifications_oldest_unsent_seconds", [&database, &clock = services_.clock] {
    return oldest_unsent_seconds(database, clock.now());
  });
  metrics.gauge("ccms_changes_unnumbered", [&database] { return unnumbered_changes(database); });
}

void HealthResource::add_routes(Router& router) {
  router.add("GET", "/healthz", Access::open, [](const Request&) {
    return json_response(200, {{"status", "ok"}});
  });
  router.add("GET", "/readyz", Access::open, [this](const Request&) { return ready(); });
  router.add("GET", "/metrics", Access::open, [this](const Request&) {
    return Response{.status = 200,
                    .content_type = "text/plain; version=0.0.4; charset=utf-8",
                    .body = services_.metrics.text(),
                    .headers = {}};
  });
}

Response HealthResource::ready() const {
  {
    const auto lease = services_.database.reader();
    lease->query("SELECT 1 AS one");
  }
  if (!services_.settings.current()) {
    return problem(503, domain::Error{"settings_missing", "no settings have been published", ""});
  }
  return json_response(200, {{"status", "ok"}});
}

}  // namespace ccms::server
