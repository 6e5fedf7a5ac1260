#pragma once

#include <chrono>
#include <cstddef>
#include <stop_token>
#include <string_view>
#include <utility>

#include "server/app/clock.h"

namespace ccms::server {

/// Work that is done again and again in the background. All state is in the database: any number of server
/// processes may run the same job, and a crash in the middle is made good by the next run.
class Job {
 public:
  virtual ~Job() = default;
  virtual std::string_view name() const = 0;
  /// The pause between runs that found nothing to do.
  virtual std::chrono::milliseconds interval() const = 0;
  /// Does what is due at `now` and returns how much that was; the runner comes back at once while it is not
  /// zero. May throw: the runner logs it and tries again after the interval. Called by one thread at a time.
  virtual std::size_t run_once(Instant now) = 0;

  /// What tells the job that the server stops. Without it the job is never told.
  void stop_with(std::stop_token stop) { stop_ = std::move(stop); }

 protected:
  /// Whether the run under way is to end after the piece of work in hand. Runs of many pieces ask between
  /// them, and leave what is left where another server finds it at once.
  bool stopping() const { return stop_.stop_requested(); }

 private:
  std::stop_token stop_;
};

}  // namespace ccms::server
