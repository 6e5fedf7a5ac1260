#pragma once

#include "core/domain/event.h"
#include "core/wire/json_reader.h"

namespace ccms::plugin::app {

// The members of an action's request that become an event's body. Used by the action itself and by its
// correction after a refusal.

domain::Commented read_comment(wire::ObjectReader& object);
domain::GoodsReceived read_goods_received(wire::ObjectReader& object);
domain::HandedOver read_handed_over(wire::ObjectReader& object);

}  // namespace ccms::plugin::app
