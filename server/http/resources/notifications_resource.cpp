#include "server/http/resources/notifications_resource.h"

#include <nlohmann/json.hpp>

#include "core/crypto/digest.h"
#include "core/db/transaction.h"
#include "core/domain/text.h"
#include "server/http/problem.h"
#include "server/http/resources/with_settings.h"
#include "server/notify/channels.h"
#include "server/store/notification_store.h"
#include "server/store/ticket_access.h"

namespace ccms::server {
namespace {

using nlohmann::json;

json view_of(const NotificationView& notification) {
  json view = {{"id", notification.id},
               {"channel", notification.channel},
               {"audience", notification.audience},
               {"to", domain::mask_address(notification.to)},
               {"on", notification.on},
               {"state", notification.state},
               {"attempts", notification.attempts},
               {"text", notification.text},
               {"at", domain::format_rfc3339(notification.created_at)}};
  if (!notification.subject.empty()) view["subject"] = notification.subject;
  if (notification.last_error) view["last_error"] = *notification.last_error;
  if (notification.sent_at) view["sent_at"] = domain::format_rfc3339(*notification.sent_at);
  if (notification.delivered_at) view["delivered_at"] = domain::format_rfc3339(*notification.delivered_at);
  return view;
}

// Kannel's kinds of report: 1 delivered, 2 not delivered, 4 queued at the centre, 8 accepted by it, 16
// refused by it.
enum class Report { delivered, failed, under_way, unknown };

Report report_of(const std::string& status) {
  if (status == "1") return Report::delivered;
  if (status == "2" || status == "16") return Report::failed;
  if (status == "4" || status == "8") return Report::under_way;
  return Report::unknown;
}

}  // namespace

void NotificationsResource::add_routes(Router& router) {
  router.add("GET", "/api/v1/tickets/{id}/notifications", Access::staff_or_client,
             [this](const Request& request) { return of_ticket(request); });
  // Open, as gateways can neither sign nor sign in: the token is what counts.
  router.add("GET", "/api/v1/sms/dlr", Access::open,
             [this](const Request& request) { return delivery_report(request); });
}

Response NotificationsResource::of_ticket(const Request& request) const {
  const db::Lease reader = services_.database.reader();
  const auto ticket = find_visible_ticket(*reader, request.principal, request.param("id"));
  if (!ticket) return ticket_not_found();
  json list = json::array();
  for (const NotificationView& notification : NotificationStore(*reader).of_ticket(ticket->ticket_id))
    list.push_back(view_of(notification));
  return json_response(200, list);
}

Response NotificationsResource::delivery_report(const Request& request) const {
  const std::string id = request.query_value("id").value_or("");
  const std::string status = request.query_value("status").value_or("");
  const auto& sms = services_.config.notify.sms;
  if (!sms || sms->delivery_report_token.empty() ||
      !crypto::equal_secrets(request.query_value("token").value_or(""),
                             delivery_report_token(sms->delivery_report_token, id)))
    return problem(403, domain::Error{"bad_token", "this report was not asked for", "/token"});
  const Report report = report_of(status);
  if (report == Report::unknown)
    return problem(400, domain::Error{"bad_value", "status is 1, 2, 4, 8 or 16", "/status"});
  if (report == Report::under_way) return no_content();
  const bool known = db::with_transaction(services_.database, [&](db::Connection& connection) {
    return NotificationStore(connection)
        .record_report(id, report == Report::delivered, "the gateway reports " + status,
                       services_.clock.now());
  });
  return known ? no_content() : problem(404, domain::Error{"not_found", "there is no such message", "/id"});
}

}  // namespace ccms::server
