#include "plugin/app/clock.h"

#include <time.h>

#include <fstream>

namespace ccms::plugin::app {

SystemClock::SystemClock() {
  std::ifstream file("/proc/sys/kernel/random/boot_id");
  if (!std::getline(file, boot_id_) || boot_id_.empty()) boot_id_ = "unknown";
}

domain::Instant SystemClock::wall_now() const {
  return std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
}

std::chrono::milliseconds SystemClock::since_boot() const {
  // Not steady_clock: that one stands still while a till is suspended over night.
  timespec now{};
  clock_gettime(CLOCK_BOOTTIME, &now);
  return std::chrono::seconds(now.tv_sec) + std::chrono::milliseconds(now.tv_nsec / 1'000'000);
}

}  // namespace ccms::plugin::app
