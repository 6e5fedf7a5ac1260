#pragma once

#include <array>
#include <cstdint>
#include <string>

#include "core/domain/time.h"

namespace ccms::domain {

/// Randomness of one UUID; 74 of its 80 bits are used.
using UuidEntropy = std::array<std::uint8_t, 10>;

/// A UUID, version 7 (RFC 9562): 48 bits of epoch milliseconds, then randomness; 36 lower-case characters, so
/// that ids sort by time. Times before 1970 count as 1970.
std::string make_uuid_v7(Instant now, const UuidEntropy& entropy);

}  // namespace ccms::domain
