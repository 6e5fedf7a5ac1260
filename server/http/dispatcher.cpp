#include "server/http/dispatcher.h"

#include <Poco/Exception.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "core/db/db_error.h"
#include "server/http/problem.h"

namespace ccms::server {
namespace {

constexpr const char* kNoRoute = "none";

bool is_api(const std::string& path) { return path == "/api" || path.starts_with("/api/"); }

std::string raw_path(const Request& request) { return request.target.substr(0, request.target.find('?')); }

/// HEAD is GET without the body, which the connection leaves out.
std::string_view routed_method(const Request& request) {
  return request.method == "HEAD" ? std::string_view("GET") : std::string_view(request.method);
}

const char* name_of(Principal::Kind kind) {
  switch (kind) {
    case Principal::Kind::till:
      return "till";
    case Principal::Kind::staff:
      return "staff";
    case Principal::Kind::client:
      return "client";
    case Principal::Kind::anonymous:
      break;
  }
  return "anonymous";
}

Response method_not_allowed(const std::vector<std::string>& allowed) {
  std::string list;
  for (const auto& method : allowed) list += (list.empty() ? "" : ", ") + method;
  return problem(405, domain::Error{"method_not_allowed", "this address takes " + list, ""})
      .with_header("Allow", list);
}

/// A one-time link carries its secret in the path.
std::string loggable_path(const Request& request) {
  const bool has_token = std::any_of(request.params.begin(), request.params.end(),
                                     [](const auto& param) { return param.first == "token"; });
  if (!has_token) return request.path;
  return request.path.substr(0, request.path.rfind('/') + 1) + "***";
}

}  // namespace

std::size_t Dispatcher::max_body_bytes(const Request& request) const {
  const auto match = router_.find(routed_method(request), raw_path(request));
  return match.route ? match.route->max_body_bytes : Router::kDefaultMaxBody;
}

Response Dispatcher::dispatch(Request& request) const {
  const auto began = std::chrono::steady_clock::now();
  std::string pattern = kNoRoute;
  Response response = answer(request, pattern);
  return completed(std::move(response), request, pattern, began);
}

Response Dispatcher::refuse(Request& request, Response answer,
                            std::chrono::steady_clock::time_point began) const {
  std::string pattern = kNoRoute;
  // An address that cannot be read has no route, and looking for one would fail in the same way.
  if (!request.path.empty()) {
    auto match = router_.find(routed_method(request), raw_path(request));
    if (match.route) pattern = match.route->pattern;
    request.params = std::move(match.params);  // the log needs them, to leave out what is secret
  }
  return completed(std::move(answer), request, pattern, began);
}

Response Dispatcher::completed(Response response, const Request& request, const std::string& pattern,
                               std::chrono::steady_clock::time_point began) const {
  stamp_request_id(response, request.request_id);
  response.with_header("X-Request-Id", request.request_id);
  record(request, response, pattern, began);
  return response;
}

Response Dispatcher::answer(Request& request, std::string& pattern) const {
  auto match = router_.find(routed_method(request), raw_path(request));
  if (!match.route) {
    if (!match.allowed.empty()) return method_not_allowed(match.allowed);
    if (fallback_ && routed_method(request) == "GET" && !is_api(request.path))
      return guarded(fallback_, request);
    return problem(404, domain::Error{"not_found", "there is nothing at this address", ""});
  }
  pattern = match.route->pattern;
  request.params = std::move(match.params);
  return guarded(
      [&](const Request&) -> Response {
        if (match.route->access != Access::open) {
          auto authentication = authenticators_.at(match.route->access)->authenticate(request);
          if (auto* refusal = std::get_if<Response>(&authentication)) return std::move(*refusal);
          request.principal = std::move(std::get<Principal>(authentication));
        }
        return match.route->handler(request);
      },
      request);
}

// Poco's server sends no answer at all when a handler throws something that is not its own exception.
Response Dispatcher::guarded(const Handler& handler, const Request& request) const {
  std::string reason;
  try {
    return handler(request);
  } catch (const db::DbError& error) {
    log_.error("database_failed", {{"request_id", request.request_id}, {"reason", error.what()}});
    if (error.retryable() || error.kind() == db::ErrorKind::pool_exhausted ||
        error.kind() == db::ErrorKind::connection_lost) {
      return problem(503, domain::Error{"unavailable", "the server is busy; try again", ""})
          .with_header("Retry-After", "2");
    }
    return problem(500, domain::Error{"internal_error", "the server could not do this", ""});
  } catch (const Poco::Exception& error) {
    reason = error.displayText();
  } catch (const std::exception& error) {
    reason = error.what();
  } catch (...) {
    reason = "something that is no exception";
  }
  log_.error("handler_failed",
             {{"request_id", request.request_id}, {"path", loggable_path(request)}, {"reason", reason}});
  return problem(500, domain::Error{"internal_error", "the server could not do this", ""});
}

void Dispatcher::record(const Request& request, const Response& response, const std::string& pattern,
                        std::chrono::steady_clock::time_point began) const {
  metrics_.count("ccms_http_requests_total",
                 "route=\"" + pattern + "\",status=\"" + std::to_string(response.status) + "\"");
  const std::chrono::duration<double, std::milli> took = std::chrono::steady_clock::now() - began;
  // The query may hold a customer's number: it stays out of the log.
  log_.info("request", {{"request_id", request.request_id},
                        {"method", request.method},
                        {"path", loggable_path(request)},
                        {"status", response.status},
                        {"principal", name_of(request.principal.kind)},
                        {"principal_id", request.principal.id},
                        {"ms", took.count()}});
}

}  // namespace ccms::server
