#pragma once

#include <cstdint>
#include <optional>
#include <utility>

#include "core/db/connection.h"
#include "core/domain/event.h"
#include "core/wire/capture.h"
#include "plugin/app/till.h"

namespace ccms::plugin::app {

/// What a use case knows of a new event; the writer adds who, when, and the number.
struct EventDraft {
  domain::TicketId ticket_id;
  domain::Clerk clerk;
  std::int64_t settings_version = 0;
  bool training = false;
  std::optional<domain::Digest> corrects;
  domain::CaptureBody body;
  wire::Parts parts = wire::Parts::unread;
  std::optional<domain::Instant> wall_at{};  ///< by this device's clock; absent: now
};

/// An event in the outbox, and the SHA-256 of its bytes: what the till stands for from now on.
struct WrittenEvent {
  domain::Capture capture;
  domain::Digest digest;
};

/// Puts an event into the outbox under the sequence number given, in the caller's transaction.
/// Payment card numbers are masked here, whatever the event: nothing else writes captures.
/// Errors: those of wire::build_capture.
domain::Result<WrittenEvent> write_event(db::Connection& connection, const Till& till, const TillKeys& keys,
                                         std::int64_t seq, EventDraft draft);

/// As write_event for an event that needs no ticket code: takes the next sequence number in a transaction of
/// its own, in which `also(connection, capture)` records what the event changes on this till. Wakes the
/// worker. Errors: also "not_enrolled". Throws db::DbError.
template <class Also>
domain::Result<domain::Capture> record_event(Till& till, const EventDraft& draft, Also&& also);

/// The error of a transaction that finds that the worker has given the till another identity meanwhile.
inline constexpr const char* kIdentityChanged = "identity_changed";
domain::Error identity_changed();
domain::Error not_enrolled();

template <class Also>
domain::Result<domain::Capture> record_event(Till& till, const EventDraft& draft, Also&& also) {
  for (;;) {
    const auto keys = till.keys.get();
    if (!keys) return not_enrolled();
    auto written =
        till.journal.transaction([&](db::Connection& connection) -> domain::Result<domain::Capture> {
          const auto seq = outbox::identity::take_sequence(connection, keys->epoch);
          if (!seq) return identity_changed();
          auto event = write_event(connection, till, *keys, *seq, draft);
          if (!event) return event.error();
          also(connection, event->capture);
          return std::move(event->capture);
        });
    if (!written && written.error().code == kIdentityChanged) {
      reload_keys(till);
      continue;
    }
    if (written) till.wake.new_capture();
    return written;
  }
}

}  // namespace ccms::plugin::app
