#pragma once

#include <cstdint>
#include <memory>

#include "server/app/clock.h"
#include "server/app/config.h"
#include "server/app/logger.h"
#include "server/http/message.h"
#include "server/http/router.h"

namespace ccms::server {

/// A whole server process: the composition root of everything below it. Subsystems start in one order and
/// stop in the reverse. Used by the program and by tests, one thread at a time; clock and logger outlive it.
class ServerApp {
 public:
  /// Opens and migrates the database and binds the port. Throws db::DbError, Poco::Exception, std::exception.
  ServerApp(const Config& config, const Clock& clock, const Logger& log);
  ~ServerApp();
  ServerApp(const ServerApp&) = delete;
  ServerApp& operator=(const ServerApp&) = delete;

  void start();
  /// Lets running requests finish, then the jobs. Safe to call twice.
  void stop();

  std::uint16_t port() const;

  /// Answers a request that did not come through the socket; thread-safe.
  Response dispatch(Request request) const;
  /// The addresses it answers: for the test that holds them against the API's description.
  const Router& router() const;

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace ccms::server
