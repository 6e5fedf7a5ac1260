#include "server/sync/capture_events.h"

#include "core/wire/ticket_json.h"

namespace ccms::server {
namespace {

using nlohmann::json;

template <class T>
void put(json& object, const char* name, const std::optional<T>& value) {
  if (value) object[name] = *value;
}

/// What history keeps of each kind of capture.
struct EventData {
  json operator()(const domain::Created&) const { return json::object(); }

  json operator()(const domain::Amended& body) const {
    json data{{"changes", json::parse(wire::to_json(body.changes).dump())}};
    put(data, "reason", body.reason);
    if (body.approved_by)
      data["approved_by"] = {{"id", body.approved_by->id}, {"name", body.approved_by->name}};
    return data;
  }

  json operator()(const domain::Withdrawn& body) const {
    json data = json::object();
    put(data, "reason", body.reason);
    if (body.approved_by)
      data["approved_by"] = {{"id", body.approved_by->id}, {"name", body.approved_by->name}};
    return data;
  }

  json operator()(const domain::Commented& body) const {
    return {{"text", body.text}, {"visibility", domain::to_text(body.visibility)}};
  }

  json operator()(const domain::GoodsReceived& body) const {
    json data{{"condition", body.condition.str()}, {"accessories", body.accessories}};
    put(data, "serial", body.serial);
    put(data, "tag", body.tag);
    put(data, "shelf", body.shelf);
    return data;
  }

  json operator()(const domain::HandedOver& body) const {
    json data = json::object();
    put(data, "to", body.to);
    put(data, "note", body.note);
    return data;
  }

  json operator()(const domain::Settled& body) const {
    json data{{"resolution_code", body.resolution_code.str()}, {"note", body.note}};
    if (body.remedy) data["remedy"] = json::parse(wire::to_json(*body.remedy).dump());
    if (body.approved_by)
      data["approved_by"] = {{"id", body.approved_by->id}, {"name", body.approved_by->name}};
    return data;
  }
};

bool is_public(const domain::Capture& capture) {
  const auto* comment = std::get_if<domain::Commented>(&capture.body);
  return comment && comment->visibility == domain::Visibility::public_;
}

}  // namespace

EventActor clerk_of(const domain::Capture& capture) {
  return {"clerk", capture.clerk.id, capture.clerk.name};
}

NewEvent event_of(const IncomingCapture& incoming) {
  const auto& capture = *incoming.capture;
  NewEvent event;
  event.event_id = capture.event_id.str();
  event.type = domain::to_text(capture.type());
  event.actor = clerk_of(capture);
  event.is_public = is_public(capture);
  event.at = incoming.happened.at;
  event.data = std::visit(EventData{}, capture.body);
  event.capture_digest = incoming.digest_hex;
  event.salt = domain::hex_encode(domain::bytes_view(capture.salt));
  return event;
}

json goods_json(const domain::GoodsReceived& received, Instant at) {
  json goods = EventData{}(received);
  goods["received_at"] = domain::format_rfc3339(at);
  return goods;
}

void note_hand_over(json& goods, const domain::HandedOver& handed_over, Instant at) {
  if (!goods.is_object()) goods = json::object();
  goods["handed_over_at"] = domain::format_rfc3339(at);
  put(goods, "handed_over_to", handed_over.to);
}

}  // namespace ccms::server
