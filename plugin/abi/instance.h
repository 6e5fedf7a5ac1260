#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <mutex>
#include <string_view>
#include <thread>

#include "plugin/abi/config.h"
#include "plugin/abi/guard.h"
#include "plugin/abi/host.h"
#include "plugin/app/clock.h"
#include "plugin/app/till.h"
#include "plugin/outbox/journal.h"
#include "plugin/sync/engine.h"
#include "plugin/sync/server_api.h"
#include "plugin/sync/worker.h"

namespace ccms::plugin::abi {

/// One till inside the host's process: everything that `create` makes and `destroy` takes away.
class Instance {
 public:
  /// `host` outlives the instance and has passed check_host(). Errors: those of the configuration, "busy",
  /// "storage", "incompatible", "refused".
  static domain::Result<std::unique_ptr<Instance>> create(const ccms_host_t& host, std::string_view config);
  ~Instance();

  void start();
  void stop();

  /// Errors: "wrong_thread" and "invalid_state", when a function is not to be called here or now.
  struct Refusal {
    ccms_status_t status;
    std::string message;
  };
  std::optional<Refusal> check(const Rule& rule);

  /// Whether the calling thread is inside a [ui] function already: the host calls from a callback.
  bool inside_callback() const;

  app::Till& till() { return till_; }
  /// Held during every [ui] function: a host that breaks the thread rule must not break the till.
  class UiCall {
   public:
    UiCall(Instance& instance, OnThread thread);
    ~UiCall();
    UiCall(const UiCall&) = delete;
    UiCall& operator=(const UiCall&) = delete;

   private:
    Instance& instance_;
    std::unique_lock<std::mutex> lock_;
  };
  void log_misbehaviour(std::string_view message) const;

 private:
  Instance(const ccms_host_t& host, const Config& config, std::unique_ptr<outbox::Journal> journal,
           std::unique_ptr<sync::ServerApi> server);

  bool on_ui_thread();

  Host host_;
  app::SystemClock clock_;
  std::unique_ptr<outbox::Journal> journal_;
  app::Till till_;
  std::unique_ptr<sync::ServerApi> server_;
  sync::Engine engine_;
  sync::Worker worker_;

  std::mutex ui_calls_;
  std::atomic<std::thread::id> ui_caller_{};  // the thread that is inside a [ui] function
  std::mutex state_mutex_;
  State state_ = kCreated;     // guarded by state_mutex_
  std::thread::id ui_thread_;  // guarded by state_mutex_; the last one known to be the UI thread
};

}  // namespace ccms::plugin::abi
