#include "server/sync/happened_at.h"

#include <algorithm>

namespace ccms::server {

HappenedAt happened_at(const domain::Capture& capture, const std::optional<wire::DeviceClock>& clock,
                       Instant receipt) {
  Instant at = capture.wall_at;
  if (clock && clock->boot_id == capture.boot_id && clock->boot_ms >= capture.boot_ms) {
    at = receipt - std::chrono::milliseconds(clock->boot_ms - capture.boot_ms);
  } else if (clock) {
    at = capture.wall_at + (receipt - clock->wall_at);
  }
  at = std::min(at, receipt);
  return {at, (at - capture.wall_at).count()};
}

}  // namespace ccms::server
