#pragma once

#include <thread>

#include "plugin/sync/engine.h"

namespace ccms::plugin::sync {

/// The plugin's one thread. It runs the engine when something is due or somebody calls. All signals are
/// blocked in it: they are the host's. start() and stop() are called by the UI thread.
class Worker {
 public:
  Worker(app::Till& till, ServerApi& server, Engine& engine)
      : till_(till), server_(server), engine_(engine) {}
  ~Worker() { stop(); }
  Worker(const Worker&) = delete;
  Worker& operator=(const Worker&) = delete;

  void start();
  /// Aborts what is on the network and joins. Idempotent.
  void stop();

 private:
  void run();

  app::Till& till_;
  ServerApi& server_;
  Engine& engine_;
  std::thread thread_;
};

}  // namespace ccms::plugin::sync
