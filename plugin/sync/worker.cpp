#include "plugin/sync/worker.h"

#include <pthread.h>

#include <csignal>
#include <exception>
#include <string>

namespace ccms::plugin::sync {
namespace {

/// Blocks all signals of the calling thread for as long as it lives: a thread started meanwhile inherits
/// that.
class SignalsBlocked {
 public:
  SignalsBlocked() {
    sigset_t all;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before_);
  }
  ~SignalsBlocked() { pthread_sigmask(SIG_SETMASK, &before_, nullptr); }
  SignalsBlocked(const SignalsBlocked&) = delete;
  SignalsBlocked& operator=(const SignalsBlocked&) = delete;

 private:
  sigset_t before_{};
};

}  // namespace

void Worker::start() {
  if (thread_.joinable()) return;
  till_.wake.reset();
  server_.resume();
  const SignalsBlocked blocked;
  thread_ = std::thread([this] { run(); });
}

void Worker::stop() {
  if (!thread_.joinable()) return;
  till_.wake.stop();
  server_.abort();
  thread_.join();
}

void Worker::run() {
  pthread_setname_np(pthread_self(), "ccms-sync");
  auto rest = engine_.turn(false);
  for (;;) {
    const auto woken = till_.wake.wait_for(rest, engine_.pausing());
    if (woken.stopped) break;
    rest = engine_.turn(woken.try_now);
  }
  try {
    engine_.save_pause();
  } catch (const std::exception& failure) {
    till_.host.log(app::LogLevel::warning, std::string("the pause was not kept: ") + failure.what());
  } catch (...) {
    till_.host.log(app::LogLevel::warning, "the pause was not kept: an unknown exception");
  }
}

}  // namespace ccms::plugin::sync
