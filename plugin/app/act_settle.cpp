#include "plugin/app/act_settle.h"

#include "core/settings/form_settings.h"
#include "plugin/app/any_ticket.h"
#include "plugin/app/event_body.h"
#include "plugin/outbox/capture_table.h"

namespace ccms::plugin::app {
namespace {

using domain::Error;

domain::Result<void> check_body(const settings::Bundle& settings, const domain::Settled& body) {
  const auto* resolution = settings::find_by_id(settings.resolution_codes, body.resolution_code.str());
  if (resolution == nullptr)
    return Error{"unknown_option", "the settings know no such resolution", "/resolution_code"};
  if (resolution->retired)
    return Error{"retired_option", "this resolution is no longer offered", "/resolution_code"};
  if (body.remedy && body.remedy->amount && body.remedy->amount->currency != settings.form.currency)
    return Error{"bad_value", "the currency is " + settings.form.currency, "/remedy/amount/currency"};
  return {};
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
  const auto request = parse_any(bytes, read_settled);
  if (!request) return request.errors.front();
  const auto target = find_target_of_store(till, request->common.name);
  if (!target) return target.error();
  if (auto checked = check_body(target->settings->bundle, request->body); !checked) return checked.error();
  if (auto checked = check_ticket(till, *target); !checked) return checked.error();
  const auto capture = record_on(till, *target, request->common.clerk, request->body);
  if (!capture) return capture.error();
  return action_reply(till, target->settings->bundle, capture->event_id.str(), target->ticket_id,
                      request->common.language, std::nullopt);
}

}  // namespace ccms::plugin::app
