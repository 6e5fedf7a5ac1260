#pragma once

#include <optional>

#include "core/domain/event.h"
#include "core/wire/sync_messages.h"
#include "server/app/clock.h"

namespace ccms::server {

/// When something at a till really happened.
struct HappenedAt {
  Instant at;                        ///< corrected; never later than the receipt
  std::int64_t clock_offset_ms = 0;  ///< what had to be added to the device's wall clock
};

/// Corrects a capture's time with the device's clocks at the moment of sending. Within one run of the device
/// its boot clock counts, which nobody can set; else both readings of the wall clock are taken to be wrong by
/// the same amount. Without the device's clocks its wall clock is believed, up to the moment of receipt.
HappenedAt happened_at(const domain::Capture& capture, const std::optional<wire::DeviceClock>& clock,
                       Instant receipt);

}  // namespace ccms::server
