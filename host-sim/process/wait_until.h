#pragma once

#include <poll.h>

#include <chrono>
#include <stdexcept>
#include <string>

namespace ccms::host_sim {

/// Asks again and again, with a short pause, until it is so.
/// Errors: std::runtime_error naming `what` when the time is up first.
template <class Condition>
void wait_until(Condition&& condition, std::chrono::milliseconds longest, const std::string& what) {
  constexpr int kPauseMilliseconds = 50;
  const auto deadline = std::chrono::steady_clock::now() + longest;
  while (!condition()) {
    if (std::chrono::steady_clock::now() > deadline) throw std::runtime_error("gave up waiting for " + what);
    poll(nullptr, 0, kPauseMilliseconds);
  }
}

}  // namespace ccms::host_sim
