#pragma once

#include <cstdint>
#include <memory>

#include "server/app/config.h"
#include "server/http/dispatcher.h"

namespace ccms::server {

/// The listening socket, its threads, and the translation between Poco's requests and ours. Requests that no
/// handler should see (too large, two lengths) are refused here.
class HttpServer {
 public:
  /// Binds the address at once. Throws std::runtime_error naming it when that fails, a taken port above all.
  HttpServer(const HttpConfig& config, const Dispatcher& dispatcher);
  ~HttpServer();
  HttpServer(const HttpServer&) = delete;
  HttpServer& operator=(const HttpServer&) = delete;

  void start();
  /// Takes no new connections, lets running requests finish, joins all threads. Safe to call twice.
  void stop();

  std::uint16_t port() const;

  /// Connections closed without an answer because the queue was full.
  int refused_connections() const;
  int current_connections() const;

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace ccms::server
