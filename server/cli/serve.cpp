#include <Poco/Net/NetSSL.h>
#include <pthread.h>

#include <chrono>
#include <csignal>
#include <iostream>
#include <memory>
#include <thread>

#include "server/app/database_lock.h"
#include "server/app/server_app.h"
#include "server/cli/commands.h"

namespace ccms::server {
namespace {

/// Blocks the signals that end the server for this thread and every one it starts, so that only wait() sees
/// them.
class Termination {
 public:
  Termination() {
    sigemptyset(&signals_);
    sigaddset(&signals_, SIGTERM);
    sigaddset(&signals_, SIGINT);
    pthread_sigmask(SIG_BLOCK, &signals_, nullptr);
  }

  int wait() const {
    int signal = 0;
    while (sigwait(&signals_, &signal) != 0) {
    }
    return signal;
  }

 private:
  sigset_t signals_{};
};

struct TlsLibrary {
  TlsLibrary() { Poco::Net::initializeSSL(); }
  ~TlsLibrary() { Poco::Net::uninitializeSSL(); }
};

/// Of an embedded database, the right to keep it; a command that has it is waited for. Null when it goes on
/// being somebody else's.
std::shared_ptr<const DatabaseLock> lock_of(const Config& config) {
  constexpr auto longest = std::chrono::seconds(5);
  constexpr auto pause = std::chrono::milliseconds(100);
  for (auto waited = std::chrono::milliseconds(0);; waited += pause) {
    auto lock = DatabaseLock::take(config.database.path);
    if (lock || waited >= longest) return lock;
    std::this_thread::sleep_for(pause);
  }
}

}  // namespace

int serve(const Config& config) {
  if (const auto files = check_files(config); !files.ok()) {
    std::cerr << files.error().field << ": " << files.error().message << " (" << files.error().code << ")\n";
    return 1;
  }
  std::shared_ptr<const DatabaseLock> lock;
  if (config.database.kind == DatabaseConfig::Kind::sqlite && !(lock = lock_of(config))) {
    std::cerr << config.database.path.string()
              << ": another ccms-server, or one of its commands, works on it\n";
    return 1;
  }
  const Termination termination;
  const TlsLibrary tls;
  const Logger log(config.log_level);
  const SystemClock clock;
  ServerApp app(config, clock, log);
  app.start();
  // For people and scripts: the one line on standard output; with port 0 it tells which port it became.
  std::cout << "ccms-server listens on " << (config.http.tls() ? "https" : "http") << "://"
            << config.http.address << ':' << app.port() << std::endl;
  const int signal = termination.wait();
  log.info("stopping", {{"signal", signal}});
  app.stop();
  return 0;
}

}  // namespace ccms::server
