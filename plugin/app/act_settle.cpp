#include "plugin/app/act_settle.h"

#include "core/wire/ticket_reader.h"
#include "plugin/app/any_ticket.h"
#include "plugin/app/settlement.h"
#include "plugin/outbox/capture_table.h"

namespace ccms::plugin::app {
namespace {

using domain::Error;

/// What a manager is told who has to allow it.
std::string name_of(const Target& target) {
  const auto code = domain::TicketCode::parse(target.own ? target.own->ticket.code : "");
  return code ? code->display() : target.ticket_id;
}

domain::Result<void> check_ticket(const Till& till, const Target& target) {
  if (target.own && target.own->ticket.withdrawn)
    return Error{"refused", "this ticket was withdrawn", "/ticket_id"};
  const bool settled = outbox::captures::settlement_waits(*till.journal.lease(), target.ticket_id);
  if (settled || is_known_to_be_over(till, target.ticket_id))
    return Error{"refused", "the ticket is closed already", "/ticket_id"};
  if (outbox::captures::refused_creation(*till.journal.lease(), target.ticket_id))
    return Error{"refused", "the server has refused this ticket: correct it first", "/ticket_id"};
  return {};
}

}  // namespace

domain::Result<std::string> settle(Till& till, std::string_view bytes) {
  const auto request = parse_any(bytes, wire::read_settlement);
  if (!request) return request.errors.front();
  const auto target = find_target_of_store(till, request->common.name);
  if (!target) return target.error();
  if (auto checked = check_ticket(till, *target); !checked) return checked.error();
  const auto& bundle = target->settings->bundle;
  auto body = request->body;
  if (auto allowed = allow_settlement(till, bundle, body, request->common.clerk, name_of(*target));
      !allowed) {
    return allowed.error();
  }
  const auto capture = record_on(till, *target, request->common.clerk, body);
  if (!capture) return capture.error();
  return action_reply(till, bundle, capture->event_id.str(), target->ticket_id, request->common.language,
                      std::nullopt);
}

}  // namespace ccms::plugin::app
