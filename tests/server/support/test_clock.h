#pragma once

#include <atomic>
#include <chrono>

#include "server/app/clock.h"

namespace ccms::test {

/// A clock that goes when told to. Thread-safe.
class TestClock final : public server::Clock {
 public:
  TestClock() = default;
  explicit TestClock(server::Instant start) : ms_(domain::to_epoch_ms(start)) {}

  server::Instant now() const override { return domain::from_epoch_ms(ms_.load()); }
  void advance(std::chrono::milliseconds by) { ms_ += by.count(); }

 private:
  std::atomic<std::int64_t> ms_{1'795'300'000'000};  // 2026-11-21
};

}  // namespace ccms::test
