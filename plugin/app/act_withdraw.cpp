#include "plugin/app/act_withdraw.h"

#include <nlohmann/json.hpp>

#include "plugin/app/action.h"
#include "plugin/app/confidential.h"
#include "plugin/outbox/capture_table.h"
#include "plugin/outbox/failure_table.h"

namespace ccms::plugin::app {
namespace {

namespace captures = outbox::captures;
using Standings = std::vector<captures::Standing>;

struct WithdrawRequest {
  ActionCommon common;
  std::optional<std::string> reason;
};

WithdrawRequest read(const wire::Node& node) {
  return wire::read_object<WithdrawRequest>(node, [](wire::ObjectReader& object, WithdrawRequest& request) {
    request.common = read_action_common(object);
    object.optional("reason", request.reason, wire::short_text);
  });
}

void put_aside(db::Connection& connection, const Standings& events, const std::string& ticket_id) {
  for (const auto& event : events) {
    if (event.state != "quarantined") continue;
    captures::supersede(connection, event.event_id);
    outbox::failures::remove(connection, event.event_id);
  }
  outbox::tickets::set_withdrawn(connection, ticket_id);
  outbox::tickets::refresh_delivery(connection, ticket_id);
}

}  // namespace

domain::Result<std::string> withdraw(Till& till, std::string_view bytes) {
  const auto parsed = wire::read_document(bytes, read);
  if (!parsed) return parsed.errors.front();
  const auto own = own_ticket(till, parsed->common.name);
  if (!own) return own.error();
  if (auto allowed = check_change_allowed(till, *own, parsed->reason); !allowed) return allowed.error();

  const auto& ticket_id = own->ticket.ticket_id.str();
  const auto reply = [&](const std::string& event_id) {
    return action_reply(till, own->settings->bundle, event_id, ticket_id, parsed->common.language,
                        std::nullopt);
  };
  const auto events = captures::of_ticket(*till.journal.lease(), ticket_id);
  if (const auto refused = captures::refused_creation(*till.journal.lease(), ticket_id)) {
    bool wiped = false;
    till.journal.transaction([&](db::Connection& connection) {
      put_aside(connection, events, ticket_id);
      wiped = wipe_if_confidential(connection, ticket_id);
    });
    if (wiped) till.journal.empty_log();
    return reply(refused->event_id);
  }
  const auto capture = record_event(
      till, draft_on(*own, parsed->common.clerk, domain::Withdrawn{redacted(parsed->reason)}),
      [&](db::Connection& connection, const domain::Capture&) { put_aside(connection, events, ticket_id); });
  if (!capture) return capture.error();
  return reply(capture->event_id.str());
}

}  // namespace ccms::plugin::app
