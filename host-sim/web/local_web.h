#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace ccms::host_sim {

struct WebRequest {
  std::string method;
  std::string path;                          ///< without the query
  std::map<std::string, std::string> query;  ///< decoded
  std::string rest;                          ///< what stands behind a route that ends in '/'
  std::string body;
};

struct WebResponse {
  int status = 200;
  std::string body;
  std::string content_type = "application/json";
  std::vector<std::pair<std::string, std::string>> headers;
};

/// A route: the exact path, or everything below it when it ends in '/'.
struct WebRoute {
  std::string method;
  std::string path;
  std::function<WebResponse(const WebRequest&)> answer;
};

/// Whether a request with these headers comes from a page that we have served, or from no page at all (no
/// Origin). The Host keeps out a foreign name that was pointed at us, and the Origin another site's page that
/// posts here. `address` is the one that we listen on, which is as good as this machine's own names.
bool asked_by_own_page(const std::string& host, const std::string& origin, const std::string& address);

/// A small web server for this machine's browser: routes first, then files. What a route throws becomes a
/// 500 with the message, and what asked_by_own_page refuses a 403. Threads: routes are called from several
/// threads.
class LocalWeb {
 public:
  struct Settings {
    std::string address = "127.0.0.1";
    std::uint16_t port = 0;          ///< 0 takes a free one
    std::filesystem::path web_root;  ///< empty serves no files
  };

  /// Listens at once. Errors: std::runtime_error when the port is taken.
  LocalWeb(Settings settings, std::vector<WebRoute> routes);
  ~LocalWeb();
  LocalWeb(const LocalWeb&) = delete;
  LocalWeb& operator=(const LocalWeb&) = delete;

  std::string url() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

/// Blocks until SIGINT or SIGTERM. Call block_end_signals() before any thread is started.
void block_end_signals();
void wait_for_end_signal();

}  // namespace ccms::host_sim
