#pragma once

#include <functional>
#include <map>
#include <string>

#include "core/domain/result.h"

namespace ccms::plugin::sync {

/// One HTTP exchange with the central server, before anything is known about what it means.
struct HttpRequest {
  std::string method;  ///< upper case
  std::string path;    ///< with query, below the server's URL: "/api/v1/sync/captures"
  std::string body;    ///< JSON, or empty
  std::map<std::string, std::string> headers;
  /// Asked several times a second while the answer is awaited: true when nobody wants it any more. May be
  /// empty.
  std::function<bool()> gives_way{};
};

struct HttpResponse {
  int status = 0;
  std::string body;
  std::map<std::string, std::string> headers;  ///< names in lower case

  std::string header(const std::string& lower_case_name) const;
};

/// The way to the server. `send` blocks the calling thread, within time limits of its own; abort() may be
/// called from any thread and makes a `send` that is under way, and every later one until resume(), fail at
/// once.
class ServerApi {
 public:
  virtual ~ServerApi() = default;
  /// Errors: "network" whatever kept the answer from coming, "aborted", "overtaken" when it gave way.
  /// Whether the server has got the
  /// request is unknown then.
  virtual domain::Result<HttpResponse> send(const HttpRequest& request) = 0;
  virtual void abort() noexcept = 0;
  virtual void resume() noexcept = 0;
};

}  // namespace ccms::plugin::sync
