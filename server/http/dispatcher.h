#pragma once

#include <chrono>
#include <map>

#include "server/app/services.h"
#include "server/http/authenticator.h"
#include "server/http/router.h"

namespace ccms::server {

/// Takes a request from its route through authentication to its handler, and turns everything that goes wrong
/// on the way into an answer: nothing is ever thrown. Writes one log line and one count per request.
/// Thread-safe once set up.
class Dispatcher {
 public:
  Dispatcher(const Router& router, const Logger& log, Metrics& metrics)
      : router_(router), log_(log), metrics_(metrics) {}

  /// Who asks for routes of this access; Access::open needs nobody. `authenticator` outlives the dispatcher.
  void authenticate_with(Access access, Authenticator& authenticator) {
    authenticators_[access] = &authenticator;
  }

  /// What answers GET of a path outside /api that has no route (the console's files).
  void fall_back_to(Handler handler) { fallback_ = std::move(handler); }

  /// Largest body that this request may have: asked before the body is read.
  std::size_t max_body_bytes(const Request& request) const;

  /// Answers. `request` gets its params, principal and so on here.
  Response dispatch(Request& request) const;

  /// Completes the answer to a request that no handler may see, and leaves the same traces of it. Its path is
  /// empty when its address cannot be read. `began`: when it was begun with.
  Response refuse(Request& request, Response answer, std::chrono::steady_clock::time_point began) const;

 private:
  Response answer(Request& request, std::string& pattern) const;
  Response guarded(const Handler& handler, const Request& request) const;
  Response completed(Response response, const Request& request, const std::string& pattern,
                     std::chrono::steady_clock::time_point began) const;
  void record(const Request& request, const Response& response, const std::string& pattern,
              std::chrono::steady_clock::time_point began) const;

  const Router& router_;
  const Logger& log_;
  Metrics& metrics_;
  std::map<Access, Authenticator*> authenticators_;
  Handler fallback_;
};

}  // namespace ccms::server
