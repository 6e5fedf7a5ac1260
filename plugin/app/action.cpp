#include "plugin/app/action.h"

#include <nlohmann/json.hpp>

#include "core/wire/capture.h"
#include "core/wire/ticket_reader.h"
#include "plugin/app/possible_actions.h"
#include "plugin/app/slip.h"
#include "plugin/app/summary.h"
#include "plugin/outbox/capture_table.h"

namespace ccms::plugin::app {

void read_print_wishes(wire::ObjectReader& object) {
  bool wish = false;
  object.optional("print", wish, wire::boolean);
  object.optional("print_again", wish, wire::boolean);
}

ActionCommon read_action_common(wire::ObjectReader& object) {
  ActionCommon common;
  std::string action;  // what brought us here
  object.optional("action", action, wire::short_text);
  common.name = read_ticket_name(object);
  object.required("clerk", common.clerk, wire::read_clerk);
  object.optional("language", common.language, wire::language_tag);
  read_print_wishes(object);
  return common;
}

domain::Result<OwnTicket> own_ticket(Till& till, const TicketName& name) {
  const auto settings = settings_in_force(till);
  if (!settings) return settings.error();
  auto ticket = find_own_ticket(*till.journal.lease(), name);
  if (!ticket && is_foreign(till, name.ticket_id)) return belongs_to_another_store();
  if (!ticket) {
    return domain::Error{"not_found", "this till has made no such ticket",
                         name.ticket_id.empty() ? "/code" : "/ticket_id"};
  }
  return OwnTicket{*settings, std::move(*ticket)};
}

namespace {

/// How long ago the ticket was made; nothing when no clock can tell. While the machine has been running
/// since, that does not hang on a wall clock, which anybody may set back.
std::optional<std::chrono::milliseconds> age_of(const Till& till, const outbox::tickets::Ticket& ticket) {
  if (ticket.creation) {
    const auto connection = till.journal.lease();
    const auto event = outbox::captures::find(*connection, *ticket.creation);
    const auto made = event ? wire::parse_capture(outbox::captures::bytes(*connection, event->event_id)).value
                            : std::nullopt;
    if (made && made->boot_id == till.clock.boot_id())
      return till.clock.since_boot() - std::chrono::milliseconds(made->boot_ms);
  }
  const auto age = till.clock.wall_now() - ticket.created_at;
  if (age < std::chrono::milliseconds(0)) return std::nullopt;
  return age;
}

}  // namespace

bool in_free_window(const Till& till, const OwnTicket& own) {
  const auto window = std::chrono::minutes(own.settings->bundle.till.amend_window_minutes);
  const auto age = age_of(till, own.ticket);
  return age && *age <= window;
}

domain::Result<void> check_change_allowed(const Till& till, const OwnTicket& own,
                                          const std::optional<std::string>& reason) {
  if (own.ticket.withdrawn) return domain::Error{"refused", "this ticket was withdrawn", "/ticket_id"};
  if (in_free_window(till, own) || (reason && !reason->empty())) return {};
  return domain::Error{"refused",
                       "this ticket is older than " +
                           std::to_string(own.settings->bundle.till.amend_window_minutes) +
                           " minutes: a reason is required",
                       "/reason"};
}

EventDraft draft_on(const OwnTicket& own, const domain::Clerk& clerk, domain::CaptureBody body) {
  return {own.ticket.ticket_id, clerk, own.settings->bundle.settings_version,
          own.ticket.training,  {},    std::move(body)};
}

std::string action_reply(Till& till, const settings::Bundle& settings, const std::string& event_id,
                         const std::string& ticket_id, const std::string& language,
                         const std::optional<nlohmann::ordered_json>& slip) {
  nlohmann::ordered_json reply{{"event_id", event_id}};
  const auto connection = till.journal.lease();
  if (const auto event = outbox::captures::find(*connection, event_id)) {
    reply["capture_sha256"] = domain::hex_encode(event->digest);
  }
  if (const auto ticket = outbox::tickets::find(*connection, ticket_id)) {
    reply["ticket"] = summary_of(*connection, settings, *ticket, language_or_default(till, language));
  }
  if (slip) reply["slip"] = *slip;
  return reply.dump();
}

nlohmann::ordered_json slip_of(const OwnTicket& own, const domain::TicketContent& content,
                               const domain::GoodsReceived* goods) {
  const auto code = domain::TicketCode::parse(own.ticket.code);
  return make_slip(own.settings->bundle, {code ? *code : domain::TicketCode(), content, own.ticket.created_at,
                                          own.ticket.training, goods, promised_answer_by(own.ticket)});
}

}  // namespace ccms::plugin::app
