#pragma once

#include "server/store/ticket_events.h"
#include "server/sync/incoming_capture.h"

namespace ccms::server {

/// The clerk of a capture, as history names them.
EventActor clerk_of(const domain::Capture& capture);

/// The capture as an event of the ticket's history; not for `created`, which the intake writes.
NewEvent event_of(const IncomingCapture& incoming);

/// What is known of the goods after these were received, or handed over.
nlohmann::json goods_json(const domain::GoodsReceived& received, Instant at);
void note_hand_over(nlohmann::json& goods, const domain::HandedOver& handed_over, Instant at);

}  // namespace ccms::server
