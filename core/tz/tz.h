#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "core/domain/result.h"
#include "core/domain/time.h"

// Time zones by IANA name ("Europe/Berlin") from the system's tzdata. Any thread. Every function gives the
// error unknown_time_zone for a name that the system does not know.

namespace ccms::tz {

using domain::LocalTime;

enum class LocalTimeKind {
  unique,
  ambiguous,    ///< it happened twice: clocks went back
  nonexistent,  ///< it was skipped: clocks went forward
};

/// Where a wall clock's reading lies in UTC. `earlier` and `later` are the same for a unique time, the two
/// candidates for an ambiguous one, and both the moment of the jump for one that does not exist.
struct Resolution {
  LocalTimeKind kind = LocalTimeKind::unique;
  domain::Instant earlier;
  domain::Instant later;

  bool operator==(const Resolution&) const = default;
};

bool is_time_zone(std::string_view zone);

domain::Result<Resolution> resolve(std::string_view zone, LocalTime local);

/// The earliest moment that a wall clock's reading may mean, the jump for one that was skipped: for records
/// that must not be lost over an hour.
domain::Result<domain::ZonedInstant> earliest(std::string_view zone, LocalTime local);

/// Minutes that local time is ahead of UTC at that moment, seconds of historical offsets cut off.
domain::Result<int> utc_offset_minutes(std::string_view zone, domain::Instant instant);

domain::Result<LocalTime> to_local(std::string_view zone, domain::Instant instant);

/// "2026-11-21 23:39", as slips and messages show it.
domain::Result<std::string> format_local(std::string_view zone, domain::Instant instant);

}  // namespace ccms::tz
