#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace ccms::domain {

/// A moment in UTC with millisecond precision: what the wire, SQL and every rule use.
using Instant = std::chrono::sys_time<std::chrono::milliseconds>;

/// A wall clock's reading without a zone.
using LocalTime = std::chrono::local_time<std::chrono::milliseconds>;

/// A moment together with how far the local time of its place was ahead of UTC.
struct ZonedInstant {
  Instant at;
  int utc_offset_minutes = 0;

  bool operator==(const ZonedInstant&) const = default;
};

/// Years 0001 to 9999 alone can be written; parse_rfc3339 never gives others.
bool is_representable(Instant instant);

/// "2026-11-21T22:39:19.123Z". The instant must be representable.
std::string format_rfc3339(Instant instant);

/// Reads exactly what format_rfc3339 writes: upper-case T and Z, three digits of a second, a real date.
/// Offsets, leap seconds and other precisions are refused.
std::optional<Instant> parse_rfc3339(std::string_view text);

/// Milliseconds since 1970-01-01T00:00:00Z, as SQL columns ending in `_at` hold them.
constexpr std::int64_t to_epoch_ms(Instant instant) { return instant.time_since_epoch().count(); }
constexpr Instant from_epoch_ms(std::int64_t ms) { return Instant(std::chrono::milliseconds(ms)); }

}  // namespace ccms::domain
