#pragma once

#include <chrono>
#include <cstdint>
#include <string>

#include "core/domain/time.h"

namespace ccms::plugin::app {

/// The two clocks of a till. The wall clock may be wrong or be set back while we run: it names moments for
/// people and for the server, which corrects it. Everything that waits or measures uses the monotonic one.
/// Thread-safe.
class Clock {
 public:
  virtual ~Clock() = default;
  virtual domain::Instant wall_now() const = 0;
  /// Time since the machine started, suspended time included; meaningless across boots.
  virtual std::chrono::milliseconds since_boot() const = 0;
  /// Names this run of the machine.
  virtual const std::string& boot_id() const = 0;
};

/// The machine's own clocks.
class SystemClock final : public Clock {
 public:
  SystemClock();
  domain::Instant wall_now() const override;
  std::chrono::milliseconds since_boot() const override;
  const std::string& boot_id() const override { return boot_id_; }

 private:
  std::string boot_id_;
};

}  // namespace ccms::plugin::app
