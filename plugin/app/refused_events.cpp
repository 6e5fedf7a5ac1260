#include "plugin/app/refused_events.h"

#include <cstddef>

#include "core/wire/capture.h"
#include "plugin/app/event_writer.h"
#include "plugin/outbox/capture_table.h"
#include "plugin/outbox/failure_table.h"

namespace ccms::plugin::app {
namespace {

constexpr std::size_t kRoomForDigest = 256;

/// False when this till cannot give out events now.
bool reissue(Till& till, db::Connection& connection, const outbox::captures::Standing& event) {
  const auto bytes = outbox::captures::bytes(connection, event.event_id);
  const auto capture = wire::parse_capture(bytes);
  // Damaged, or with no room for the digest: it stays where the clerk sees it, and takes no number.
  if (!capture || bytes.size() + kRoomForDigest > wire::kCaptureBytesLimit) return true;
  const auto keys = till.keys.get();
  const auto seq = outbox::identity::take_sequence(connection, keys->epoch);
  if (!seq) return false;
  const auto again = write_event(connection, till, *keys, *seq,
                                 {capture->ticket_id, capture->clerk, capture->settings_version,
                                  capture->training, domain::to_array<32>(event.digest), capture->body});
  if (again) put_aside(connection, event.event_id);
  return true;
}

}  // namespace

void put_aside(db::Connection& connection, const std::string& event_id) {
  outbox::captures::supersede(connection, event_id);
  outbox::failures::remove(connection, event_id);
}

// Followers that are unsent are let go: they may be on their way already, and a copy of one that the server
// takes would double it. They are older than the correction, so that the server refuses them before it has
// the ticket, and remembers that for good. They are given out again when the correction is delivered.
void reissue_followers(Till& till, db::Connection& connection, const std::string& ticket_id) {
  for (const auto& event : outbox::captures::quarantined(connection, ticket_id)) {
    const auto failure = outbox::failures::find(connection, event.event_id);
    if (!failure || failure->problem.code != "unknown_ticket") continue;
    if (!reissue(till, connection, event)) return;
  }
}

}  // namespace ccms::plugin::app
