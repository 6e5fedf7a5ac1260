#pragma once

#include <chrono>
#include <cstddef>
#include <memory>
#include <semaphore>

namespace ccms::server {

/// Bounds how many threads do something expensive at once. Thread-safe.
class Slots {
 public:
  struct GiveBack {
    void operator()(std::counting_semaphore<>* free) const { free->release(); }
  };
  /// Held while it lives; must not outlive its Slots.
  using Slot = std::unique_ptr<std::counting_semaphore<>, GiveBack>;

  explicit Slots(std::ptrdiff_t count) : free_(count) {}

  /// Null when none became free in time.
  Slot take(std::chrono::milliseconds longest_wait) {
    return Slot(free_.try_acquire_for(longest_wait) ? &free_ : nullptr);
  }

 private:
  std::counting_semaphore<> free_;
};

}  // namespace ccms::server
