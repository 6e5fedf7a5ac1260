#include "plugin/app/event_body.h"

#include "core/wire/ticket_reader.h"

namespace ccms::plugin::app {
namespace {

constexpr std::size_t kAccessoriesLimit = 50;

std::string spoken_text(const wire::Node& node) {
  return wire::read_text(node, domain::kLongTextLimit, false);
}

}  // namespace

domain::Commented read_comment(wire::ObjectReader& object) {
  domain::Commented body;
  object.required("text", body.text, spoken_text);
  object.required("visibility", body.visibility, wire::enumeration<domain::Visibility>);
  return body;
}

domain::GoodsReceived read_goods_received(wire::ObjectReader& object) {
  domain::GoodsReceived body;
  object.required("condition", body.condition, wire::id<domain::ReasonId>);
  object.optional("accessories", body.accessories, wire::list_of(kAccessoriesLimit, wire::short_text));
  object.optional("serial", body.serial, wire::short_text);
  object.optional("tag", body.tag, wire::short_text);
  object.optional("shelf", body.shelf, wire::short_text);
  return body;
}

domain::HandedOver read_handed_over(wire::ObjectReader& object) {
  domain::HandedOver body;
  object.optional("to", body.to, wire::name_text);
  object.optional("note", body.note, wire::short_text);
  return body;
}

}  // namespace ccms::plugin::app
