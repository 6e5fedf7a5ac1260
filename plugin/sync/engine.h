#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <string>

#include "plugin/sync/enrolment.h"
#include "plugin/sync/push_captures.h"
#include "plugin/sync/retry_policy.h"

namespace ccms::plugin::sync {

struct SyncTiming {
  RetryTiming retry;
  std::chrono::milliseconds poll{5 * 60'000};  ///< how often settings and ticket updates are asked for
};

/// Decides what is to be done with the server and when. It has no thread: whoever owns one calls run_once()
/// again and again, a test does so with a clock of its own. Used by one thread at a time.
class Engine {
 public:
  using Random = std::function<std::uint64_t()>;

  Engine(app::Till& till, ServerApi& server, SyncTiming timing, Random random);

  /// run_once, and a growing pause after one that threw; status() tells why meanwhile. Returns how long it
  /// may rest. `try_now` ends either pause.
  std::chrono::milliseconds turn(bool try_now);

  /// One turn: answers what the UI thread waits for, then sends and fetches what is due. Returns how long it
  /// may rest unless the till's WakeSignal calls. `try_now` ends the pause after a failure. Throws
  /// db::DbError.
  std::chrono::milliseconds run_once(bool try_now = false);
  /// Whether new captures would not be sent before the pause after a failure is over.
  bool pausing() const;

  /// Keeps what is left of the pause after a failure, so that restarting a till does not restart the herd.
  void save_pause();

 private:
  std::chrono::milliseconds rest_after_trouble(const std::string& what);
  void show_trouble(const std::string& what);
  void answer_requests();
  void enrol_and_report(const app::NetworkRequest& request);
  void restore_pause();
  Verdict synchronise(bool poll);
  Verdict poll_server();
  /// Whether the settings in force have CCMS switched on for this till.
  bool enabled() const;
  bool switched_on_meanwhile();
  std::chrono::milliseconds conclude(const Verdict& verdict, bool polled);
  void succeed(bool polled);
  void fail(const Verdict& verdict);
  void show(app::Network network, const std::string& paused_reason);
  bool anything_unsent();
  void purge();
  std::chrono::milliseconds rest() const;

  app::Till& till_;
  SignedClient client_;
  PushCaptures push_;
  Enrolment enrolment_;
  const SyncTiming timing_;
  const Random random_;

  // On Clock::since_boot.
  std::chrono::milliseconds blocked_until_{0};
  std::chrono::milliseconds next_poll_{0};
  std::chrono::milliseconds troubled_until_{0};
  std::int64_t troubles_ = 0;  // turns in a row that threw
  std::int64_t failures_ = 0;
  bool restored_ = false;
  bool just_rekeyed_ = false;
};

}  // namespace ccms::plugin::sync
