#include "plugin/app/event_writer.h"

#include <utility>

#include "core/crypto/digest.h"
#include "core/domain/card_redaction.h"
#include "plugin/app/new_id.h"
#include "plugin/outbox/capture_table.h"

namespace ccms::plugin::app {

domain::Error identity_changed() {
  return {kIdentityChanged, "the till is being given a new identity; try again", {}};
}

domain::Error not_enrolled() { return {"not_enrolled", "this till has not been enrolled", {}}; }

domain::Result<WrittenEvent> write_event(db::Connection& connection, const Till& till, const TillKeys& keys,
                                         std::int64_t seq, EventDraft draft) {
  domain::Capture capture;
  capture.wall_at = draft.wall_at.value_or(till.clock.wall_now());
  capture.event_id = domain::EventId(new_uuid(capture.wall_at));
  capture.ticket_id = std::move(draft.ticket_id);
  capture.till = keys.till;
  capture.store = keys.store;
  capture.epoch = keys.epoch;
  capture.seq = seq;
  capture.salt = crypto::random_array<16>();
  capture.boot_id = till.clock.boot_id();
  capture.boot_ms = till.clock.since_boot().count();
  capture.settings_version = draft.settings_version;
  capture.training = draft.training;
  capture.clerk = std::move(draft.clerk);
  capture.clerk.name = domain::redact_card_numbers(capture.clerk.name);
  capture.corrects = draft.corrects;
  capture.body = std::move(draft.body);
  domain::redact_card_numbers(capture.body);

  const auto bytes = wire::build_capture(capture, draft.parts);
  if (!bytes) return bytes.error();
  const auto digest = crypto::sha256(*bytes);
  outbox::captures::insert(connection, {capture, *bytes, digest});
  return WrittenEvent{std::move(capture), digest};
}

}  // namespace ccms::plugin::app
