#include "plugin/app/act_on_any_ticket.h"

#include <nlohmann/json.hpp>

#include "core/settings/form_settings.h"
#include "core/settings/workflow_settings.h"
#include "plugin/app/action.h"
#include "plugin/app/event_body.h"
#include "plugin/outbox/update_table.h"

namespace ccms::plugin::app {
namespace {

template <class Body>
struct Request {
  ActionCommon common;
  Body body;
};

template <class Body>
wire::Parsed<Request<Body>> parse(std::string_view bytes, Body (*read_body)(wire::ObjectReader&)) {
  return wire::read_document(bytes, [read_body](const wire::Node& node) {
    return wire::read_object<Request<Body>>(node,
                                            [read_body](wire::ObjectReader& object, Request<Body>& request) {
                                              request.common = read_action_common(object);
                                              request.body = read_body(object);
                                            });
  });
}

/// What is known of the ticket: all of one of our own, else its id.
struct Target {
  std::shared_ptr<const TillSettings> settings;
  std::optional<OwnTicket> own;
  std::string ticket_id;
};

domain::Result<Target> find_target(Till& till, const TicketName& name) {
  const auto settings = settings_in_force(till);
  if (!settings) return settings.error();
  if (auto own = own_ticket(till, name)) {
    const auto id = own->ticket.ticket_id.str();
    return Target{*settings, std::move(own).value(), id};
  }
  if (!name.ticket_id.empty()) return Target{*settings, std::nullopt, name.ticket_id};
  return domain::Error{
      "not_found", "this till does not know the ticket; look it up and name it by its ticket_id", "/code"};
}

domain::Result<domain::Capture> record(Till& till, const Target& target, const domain::Clerk& clerk,
                                       domain::CaptureBody body) {
  const bool training = target.own ? target.own->ticket.training : till.host.training_mode();
  return record_event(till,
                      {domain::TicketId(target.ticket_id),
                       clerk,
                       target.settings->bundle.settings_version,
                       training,
                       {},
                       std::move(body)},
                      [&](db::Connection& connection, const domain::Capture&) {
                        outbox::tickets::refresh_delivery(connection, target.ticket_id);
                      });
}

std::optional<nlohmann::ordered_json> goods_slip(const Target& target, const domain::CaptureBody& recorded) {
  const auto* goods = std::get_if<domain::GoodsReceived>(&recorded);
  if (goods == nullptr || !target.own) return std::nullopt;
  const auto request = content_of(target.own->ticket);
  if (!request) return std::nullopt;
  return slip_of(*target.own, request->content, goods);
}

/// The server knows best whether goods are here (another till may have received them): only what it has
/// closed is refused at once, everything else when it has looked.
bool is_known_to_be_over(const Till& till, const std::string& ticket_id) {
  const auto update = outbox::updates::find(*till.journal.lease(), ticket_id);
  return update && settings::is_terminal(update->state.type);
}

template <class Body>
domain::Result<std::string> record_and_reply(Till& till, const Target& target, const Request<Body>& request) {
  const auto capture = record(till, target, request.common.clerk, request.body);
  if (!capture) return capture.error();
  return action_reply(till, target.settings->bundle, capture->event_id.str(), target.ticket_id,
                      request.common.language, goods_slip(target, capture->body));
}

}  // namespace

domain::Result<std::string> comment(Till& till, std::string_view bytes) {
  const auto request = parse(bytes, read_comment);
  if (!request) return request.errors.front();
  const auto target = find_target(till, request->common.name);
  if (!target) return target.error();
  return record_and_reply(till, *target, *request);
}

domain::Result<std::string> receive_goods(Till& till, std::string_view bytes) {
  const auto request = parse(bytes, read_goods_received);
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
  const auto request = parse(bytes, read_handed_over);
  if (!request) return request.errors.front();
  const auto target = find_target(till, request->common.name);
  if (!target) return target.error();
  if (is_known_to_be_over(till, target->ticket_id)) {
    return domain::Error{"refused", "the ticket is closed: its goods are not here any more", "/ticket_id"};
  }
  return record_and_reply(till, *target, *request);
}

}  // namespace ccms::plugin::app
