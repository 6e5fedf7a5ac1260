#pragma once

#include <memory>
#include <mutex>
#include <utility>

namespace ccms::plugin::app {

/// A value that the worker replaces as a whole and everybody reads: readers keep the one they got for as long
/// as they like. Thread-safe. Empty at first.
template <class T>
class SharedValue {
 public:
  std::shared_ptr<const T> get() const {
    const std::lock_guard lock(mutex_);
    return value_;
  }
  void set(std::shared_ptr<const T> value) {
    const std::lock_guard lock(mutex_);
    value_.swap(value);  // the old one dies after the lock
  }

 private:
  mutable std::mutex mutex_;
  std::shared_ptr<const T> value_;
};

}  // namespace ccms::plugin::app
