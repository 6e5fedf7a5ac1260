#pragma once

#include <Poco/Net/Context.h>
#include <Poco/Net/StreamSocket.h>
#include <Poco/URI.h>

#include <atomic>
#include <chrono>
#include <filesystem>
#include <mutex>
#include <optional>
#include <string>

#include "plugin/sync/server_api.h"

namespace ccms::plugin::sync {

struct HttpTimeouts {
  std::chrono::milliseconds resolve{5'000};
  std::chrono::milliseconds connect{5'000};
  std::chrono::milliseconds silence{15'000};  ///< the longest pause between two pieces of an answer
  std::chrono::milliseconds total{60'000};    ///< for a whole exchange, whatever the other side does
};

/// HTTP and HTTPS by Poco. Each exchange has a connection of its own: on a kept-alive one Poco sends a
/// request again by itself when writing fails. HTTPS verifies certificate and host name, against `ca_file` or
/// else the system's.
class HttpServerApi final : public ServerApi {
 public:
  /// Errors: "bad_value" with the field "/server_url" or "/ca_file".
  static domain::Result<std::unique_ptr<HttpServerApi>> create(const std::string& server_url,
                                                               const std::filesystem::path& ca_file,
                                                               HttpTimeouts timeouts = {});

  domain::Result<HttpResponse> send(const HttpRequest& request) override;
  void abort() noexcept override;
  void resume() noexcept override;

 private:
  HttpServerApi(Poco::URI url, Poco::Net::Context::Ptr tls, HttpTimeouts timeouts);

  HttpResponse exchange(const HttpRequest& request);
  HttpResponse exchange_on(const HttpRequest& request, Poco::Net::StreamSocket& socket);
  void shut_down() noexcept;  // wakes whoever waits on the socket in use
  Poco::Net::StreamSocket connect(const HttpRequest& request);
  Poco::Net::StreamSocket connect_to(const HttpRequest& request, const Poco::Net::SocketAddress& address);
  void await_connection(const HttpRequest& request, Poco::Net::StreamSocket& socket);
  /// A server that has taken the request and says nothing must not hold up what has become more urgent.
  void await_answer(const HttpRequest& request, Poco::Net::StreamSocket& socket) const;
  bool is_given_up(const HttpRequest& request) const;
  void check_given_up(const HttpRequest& request) const;

  /// Lets abort() reach the socket while `send` waits on it.
  class Reachable;

  const Poco::URI url_;
  const Poco::Net::Context::Ptr tls_;  // null for plain HTTP
  const HttpTimeouts timeouts_;
  std::atomic<bool> aborted_{false};
  std::mutex mutex_;
  std::optional<Poco::Net::StreamSocket> in_use_;  // guarded by mutex_
};

}  // namespace ccms::plugin::sync
