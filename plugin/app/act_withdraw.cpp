#include "plugin/app/act_withdraw.h"

#include <nlohmann/json.hpp>

#include "core/wire/ticket_reader.h"
#include "plugin/app/action.h"
#include "plugin/app/confidential.h"
#include "plugin/app/manager_approval.h"
#include "plugin/app/refused_events.h"
#include "plugin/outbox/capture_table.h"

namespace ccms::plugin::app {
namespace {

namespace captures = outbox::captures;
using Standings = std::vector<captures::Standing>;

struct WithdrawRequest {
  ActionCommon common;
  std::optional<std::string> reason;
};

struct EventRequest {
  std::string action;
  std::optional<domain::EventId> event_id;
  domain::Clerk clerk;
  std::string language;
};

WithdrawRequest read(const wire::Node& node) {
  return wire::read_object<WithdrawRequest>(node, [](wire::ObjectReader& object, WithdrawRequest& request) {
    request.common = read_action_common(object);
    object.optional("reason", request.reason, wire::short_text);
  });
}

void put_refused_aside(db::Connection& connection, const Standings& events) {
  for (const auto& event : events) {
    if (event.state == "quarantined") put_aside(connection, event.event_id);
  }
}

/// Of a ticket that the server has refused: it refuses what is unsent as well, and that is no news then.
void put_all_aside(db::Connection& connection, const std::string& ticket_id) {
  for (const auto& event : captures::of_ticket(connection, ticket_id)) {
    if (event.state == "quarantined" || event.state == "unsent") put_aside(connection, event.event_id);
  }
}

/// Takes back a refused event, with its whole ticket when it would have created that. The server knows
/// nothing of either, and nothing new is sent.
domain::Result<std::string> put_aside_and_reply(Till& till, const captures::Standing& refused,
                                                const std::string& language) {
  const auto settings = settings_in_force(till);
  if (!settings) return settings.error();
  const bool creates = refused.type == domain::to_text(domain::CaptureType::created);
  bool wiped = false;
  till.journal.transaction([&](db::Connection& connection) {
    if (creates) {
      put_all_aside(connection, refused.ticket_id);
      outbox::tickets::set_withdrawn(connection, refused.ticket_id);
    } else {
      put_aside(connection, refused.event_id);
    }
    outbox::tickets::refresh_delivery(connection, refused.ticket_id);
    wiped = wipe_if_out_of_sight(connection, refused.ticket_id);
  });
  if (wiped) till.journal.empty_log();
  return action_reply(till, (*settings)->bundle, refused.event_id, refused.ticket_id, language, std::nullopt);
}

bool names_an_event(std::string_view bytes) {
  const auto parsed = wire::read_document(bytes, [](const wire::Node& node) {
    return wire::read_object<EventRequest, wire::UnknownMembers::passed_over>(
        node, [](wire::ObjectReader& object, EventRequest& request) {
          object.optional("event_id", request.event_id, wire::id<domain::EventId>);
        });
  });
  return !parsed || parsed->event_id;
}

EventRequest read_event_request(const wire::Node& node) {
  return wire::read_object<EventRequest>(node, [](wire::ObjectReader& object, EventRequest& request) {
    object.optional("action", request.action, wire::short_text);
    object.required("event_id", request.event_id, wire::id<domain::EventId>);
    object.required("clerk", request.clerk, wire::read_clerk);
    object.optional("language", request.language, wire::language_tag);
    read_print_wishes(object);
  });
}

/// Takes back one event that the server has refused, on whatever ticket.
domain::Result<std::string> withdraw_event(Till& till, std::string_view bytes) {
  const auto request = wire::read_document(bytes, read_event_request);
  if (!request) return request.errors.front();
  const auto& event_id = request->event_id->str();
  const auto event = captures::find(*till.journal.lease(), event_id);
  if (!event) return domain::Error{"not_found", "this till has made no such event", "/event_id"};
  if (event->state != "quarantined")
    return domain::Error{"refused", "this event was not rejected", "/event_id"};
  return put_aside_and_reply(till, *event, request->language);
}

}  // namespace

domain::Result<std::string> withdraw(Till& till, std::string_view bytes) {
  if (names_an_event(bytes)) return withdraw_event(till, bytes);
  const auto parsed = wire::read_document(bytes, read);
  if (!parsed) return parsed.errors.front();
  const auto own = own_ticket(till, parsed->common.name);
  if (!own) return own.error();
  if (auto allowed = check_change_allowed(till, *own, parsed->reason); !allowed) return allowed.error();

  const auto& ticket_id = own->ticket.ticket_id.str();
  const auto events = captures::of_ticket(*till.journal.lease(), ticket_id);
  if (const auto refused = captures::refused_creation(*till.journal.lease(), ticket_id)) {
    return put_aside_and_reply(till, *refused, parsed->common.language);
  }
  const auto approval = approval_of_late_change(till, *own, parsed->reason);
  if (!approval) return approval.error();
  const auto capture =
      record_event(till, draft_on(*own, parsed->common.clerk, domain::Withdrawn{parsed->reason, *approval}),
                   [&](db::Connection& connection, const domain::Capture&) {
                     put_refused_aside(connection, events);
                     outbox::tickets::set_withdrawn(connection, ticket_id);
                     outbox::tickets::refresh_delivery(connection, ticket_id);
                   });
  if (!capture) return capture.error();
  return action_reply(till, own->settings->bundle, capture->event_id.str(), ticket_id,
                      parsed->common.language, std::nullopt);
}

}  // namespace ccms::plugin::app
