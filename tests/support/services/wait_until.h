#pragma once

#include <chrono>
#include <functional>

namespace ccms::test {

// Asks every few milliseconds until the answer is true or the time is up; returns the last answer. For what
// happens in another process; inside one process use a fake clock and run_once() instead.
bool wait_until(const std::function<bool()>& condition, std::chrono::milliseconds timeout);

}  // namespace ccms::test
