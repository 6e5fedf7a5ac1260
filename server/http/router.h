#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "server/http/message.h"

namespace ccms::server {

/// Who may call a route; the dispatcher asks the Authenticator of that access before the handler runs.
enum class Access {
  open,             ///< anybody
  staff,            ///< a signed-in member of staff
  staff_or_client,  ///< staff or an API client
  till,             ///< a till whose request is signed by its current key, with a current generation
  till_rekey,       ///< as till, but a retired key and a stale generation will do
};

/// Answers one request. Called by many threads at once. May throw: the dispatcher answers 500 and logs.
using Handler = std::function<Response(const Request&)>;

struct Route {
  std::string method;
  std::string pattern;  ///< "/api/v1/tickets/{id}/actions"; a {name} matches one segment
  Access access = Access::open;
  Handler handler;
  std::size_t max_body_bytes = 0;
  std::vector<std::string> segments;  ///< the pattern, split
};

/// The table of routes. Filled at start by one thread, then only read.
class Router {
 public:
  static constexpr std::size_t kDefaultMaxBody = 256U * 1024U;

  /// A pattern that is added twice with one method is a programming error and throws std::logic_error.
  void add(std::string method, const std::string& pattern, Access access, Handler handler,
           std::size_t max_body_bytes = kDefaultMaxBody);

  struct Match {
    const Route* route = nullptr;  ///< null: none
    NameValues params;             ///< decoded
    std::vector<std::string>
        allowed;  ///< methods that the path knows when the method is the only thing wrong
  };
  /// `path` is the request's path, still percent-encoded. Literal segments win over {names}.
  Match find(std::string_view method, std::string_view path) const;

  /// For the test that compares the routes with the OpenAPI document.
  const std::vector<Route>& routes() const noexcept { return routes_; }

 private:
  std::vector<Route> routes_;
};

}  // namespace ccms::server
