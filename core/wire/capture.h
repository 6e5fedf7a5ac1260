#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/domain/event.h"
#include "core/domain/result.h"
#include "core/wire/problems.h"

// A capture: one event of a till as UTF-8 JSON, written once, signed, sent and stored verbatim.

namespace ccms::wire {

inline constexpr int kWireVersion = 1;
inline constexpr std::size_t kCaptureBytesLimit = 60'000;

/// The bytes of a capture, in a fixed order of keys; the same capture always gives the same bytes. What
/// parse() would refuse is refused here, with the first error: bytes that build() gives are bytes that
/// parse() takes. Parts that were read from the wire, and at most redacted since, need not be read again
/// while a clerk waits; their length together is looked at all the same.
enum class Parts { unread, read };
domain::Result<std::string> build_capture(const domain::Capture& capture, Parts parts = Parts::unread);

/// Reads a capture strictly: every unknown, missing, mistyped, over-long or out-of-range member is an error
/// with its JSON pointer, and so are duplicate keys, invalid UTF-8 and excessive depth. Never throws on any
/// bytes.
Parsed<domain::Capture> parse_capture(std::string_view bytes);

/// Whose capture these bytes claim to be, for reporting on bytes that parse_capture() refuses. A member is
/// empty when it is not there or malformed.
struct CaptureIdentity {
  domain::EventId event_id;
  domain::TicketId ticket_id;
  domain::TillId till;
  std::optional<std::int64_t> epoch;
  std::optional<std::int64_t> seq;
};
CaptureIdentity peek_capture(std::string_view bytes);

}  // namespace ccms::wire
