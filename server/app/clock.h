#pragma once

#include <chrono>

#include "core/domain/time.h"

namespace ccms::server {

using domain::from_epoch_ms;
using domain::Instant;
using domain::to_epoch_ms;

/// Wall-clock time, UTC, as the server counts it. Thread-safe. Tests bring their own.
class Clock {
 public:
  virtual ~Clock() = default;
  virtual Instant now() const = 0;
};

class SystemClock : public Clock {
 public:
  Instant now() const override {
    return std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
  }
};

}  // namespace ccms::server
