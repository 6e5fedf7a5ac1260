#include "plugin/app/act_on_any_ticket.h"

#include <nlohmann/json.hpp>

#include "core/settings/form_settings.h"
#include "plugin/app/any_ticket.h"
#include "plugin/app/event_body.h"

namespace ccms::plugin::app {
namespace {

std::optional<nlohmann::ordered_json> goods_slip(const Target& target, const domain::CaptureBody& recorded) {
  const auto* goods = std::get_if<domain::GoodsReceived>(&recorded);
  if (goods == nullptr || !target.own) return std::nullopt;
  const auto request = content_of(target.own->ticket);
  if (!request) return std::nullopt;
  return slip_of(*target.own, request->content, goods);
}

template <class Body>
domain::Result<std::string> record_and_reply(Till& till, const Target& target,
                                             const AnyTicketRequest<Body>& request) {
  const auto capture = record_on(till, target, request.common.clerk, request.body);
  if (!capture) return capture.error();
  return action_reply(till, target.settings->bundle, capture->event_id.str(), target.ticket_id,
                      request.common.language, goods_slip(target, capture->body));
}

}  // namespace

domain::Result<std::string> comment(Till& till, std::string_view bytes) {
  const auto request = parse_any(bytes, read_comment);
  if (!request) return request.errors.front();
  const auto target = find_target(till, request->common.name);
  if (!target) return target.error();
  return record_and_reply(till, *target, *request);
}

domain::Result<std::string> receive_goods(Till& till, std::string_view bytes) {
  const auto request = parse_any(bytes, read_goods_received);
  if (!request) return request.errors.front();
  const auto target = find_target(till, request->common.name);
  if (!target) return target.error();
  const auto& conditions = target->settings->bundle.form.goods_conditions;
  if (settings::find_by_id(conditions, request->body.condition.str()) == nullptr) {
    return domain::Error{"unknown_option", "the settings know no such condition of goods", "/condition"};
  }
  return record_and_reply(till, *target, *request);
}

domain::Result<std::string> hand_over(Till& till, std::string_view bytes) {
  const auto request = parse_any(bytes, read_handed_over);
  if (!request) return request.errors.front();
  const auto target = find_target_of_store(till, request->common.name);
  if (!target) return target.error();
  // Whether goods are here the server alone can say: another till may have received them.
  if (is_known_to_be_over(till, target->ticket_id)) {
    return domain::Error{"refused", "the ticket is closed: its goods are not here any more", "/ticket_id"};
  }
  return record_and_reply(till, *target, *request);
}

}  // namespace ccms::plugin::app
