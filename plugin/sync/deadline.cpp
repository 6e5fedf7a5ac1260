#include "plugin/sync/deadline.h"

#include <utility>

namespace ccms::plugin::sync {

Deadline::Deadline(std::chrono::steady_clock::time_point at, std::function<void()> on_expiry)
    : at_(at), on_expiry_(std::move(on_expiry)), thread_([this] { watch(); }) {}

Deadline::~Deadline() {
  {
    const std::lock_guard lock(mutex_);
    over_ = true;
  }
  changed_.notify_one();
  thread_.join();
}

void Deadline::watch() {
  std::unique_lock lock(mutex_);
  if (changed_.wait_until(lock, at_, [this] { return over_; })) return;
  lock.unlock();
  on_expiry_();
}

}  // namespace ccms::plugin::sync
